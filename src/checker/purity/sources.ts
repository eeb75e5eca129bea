/** Why a step may not use a source. */
export type SourceKind =
  /** Its answer depends on more than the state: a clock, a random number, the garbage collector. */
  | 'varies'
  /** It works after the step is over. */
  | 'later'
  /** It looks at the machine: files, other programs. */
  | 'outside';

/** Functions that are refused while a model is evaluated. */
export interface Source {
  readonly kind: SourceKind;
  /**
   * The path from the global object, as `['process', 'hrtime']`, or from the exports of a module of
   * Node.
   */
  readonly path: readonly string[];
  /** True where the first part of the path is a module of Node instead of a global name. */
  readonly ofNode: boolean;
  readonly names: readonly string[];
}

/**
 * Everything that makes a step depend on more than the state. Sources that a platform does not have
 * are skipped there. `Date` and `Intl.DateTimeFormat` are pure when they are given a time: see
 * `wrapped.ts`.
 */
export const sources: readonly Source[] = [
  of('varies', 'Math', 'random'),
  of(
    'varies',
    'performance',
    'now timeOrigin mark measure toJSON eventLoopUtilization getEntries getEntriesByName getEntriesByType',
  ),
  of('varies', 'PerformanceEntry.prototype', 'startTime duration'),
  of('varies', 'Event.prototype', 'timeStamp'),
  of('varies', 'File.prototype', 'lastModified'),
  of('varies', 'URL', 'createObjectURL'),
  of('varies', 'Buffer', 'allocUnsafe allocUnsafeSlow'),
  of('varies', 'crypto', 'getRandomValues randomUUID'),
  of(
    'varies',
    'Temporal.Now',
    'instant plainDateISO plainDateTimeISO plainTimeISO zonedDateTimeISO',
  ),
  of('varies', 'WeakRef.prototype', 'deref'),
  of(
    'varies',
    'process',
    'hrtime uptime cpuUsage memoryUsage resourceUsage threadCpuUsage availableMemory constrainedMemory getActiveResourcesInfo',
  ),
  of('varies', 'process.hrtime', 'bigint'),
  of('varies', 'process.memoryUsage', 'rss'),
  of('varies', 'process.report', 'getReport writeReport'),
  ofNode(
    'varies',
    'crypto',
    'randomBytes randomInt randomUUID randomFill randomFillSync getRandomValues pseudoRandomBytes rng prng generateKey generateKeySync generateKeyPair generateKeyPairSync generatePrime generatePrimeSync createECDH createDiffieHellman getDiffieHellman sign createSign publicEncrypt',
  ),
  ofNode(
    'varies',
    'os',
    'uptime freemem totalmem loadavg cpus networkInterfaces hostname userInfo availableParallelism getPriority',
  ),
  ofNode('varies', 'async_hooks', 'executionAsyncId triggerAsyncId'),
  ofNode('varies', 'perf_hooks', 'createHistogram monitorEventLoopDelay'),
  ofNode('varies', 'v8', 'getHeapStatistics getHeapSpaceStatistics getHeapSnapshot'),
  of(
    'later',
    '',
    'setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame requestIdleCallback fetch',
  ),
  of('later', 'process', 'nextTick'),
  of('later', 'MessagePort.prototype', 'postMessage'),
  of('later', 'Atomics', 'waitAsync'),
  of('later', 'AbortSignal', 'timeout'),
  of('later', '', 'BroadcastChannel'),
  of('later', 'FinalizationRegistry.prototype', 'register'),
  ofNode('later', 'timers', 'setTimeout setInterval setImmediate'),
  ofNode(
    'outside',
    'fs',
    'readFileSync readSync readvSync readdirSync opendirSync openSync statSync lstatSync fstatSync statfsSync existsSync accessSync readlinkSync realpathSync mkdtempSync globSync readFile read readdir open stat lstat exists access createReadStream watch watchFile',
  ),
  ofNode('outside', 'child_process', 'execSync execFileSync spawnSync exec execFile spawn fork'),
];

/**
 * For platforms that do not report new promises. They miss an `await`, but not a call of `then`.
 */
export const promiseSource: Source = of('later', 'Promise.prototype', 'then');

/** The functions that may print. Streams schedule work for that, which is not the model's. */
export const printers: readonly Pick<Source, 'path' | 'names'>[] = [
  of('later', 'console', 'log error warn info debug trace table dir group groupEnd assert count'),
  of('later', 'process.stdout', 'write'),
  of('later', 'process.stderr', 'write'),
];

function of(kind: SourceKind, path: string, names: string): Source {
  const parts = path === '' ? [] : path.split('.');
  return { kind, path: parts, ofNode: false, names: names.split(' ') };
}

function ofNode(kind: SourceKind, module: string, names: string): Source {
  return { kind, path: [module], ofNode: true, names: names.split(' ') };
}
