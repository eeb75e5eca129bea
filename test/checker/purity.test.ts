import * as cryptoModule from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import { describe, expect, test } from 'vitest';
import { replaceSourcesForGood } from '../../src/checker/purity/replace-sources.ts';
import { sources } from '../../src/checker/purity/sources.ts';
import { check, type Scenario, spec } from '../../src/index.ts';

// As the command does before it loads a file: the constants below keep the replacements.
replaceSourcesForGood();
const kept = {
  now: Date.now,
  random: Math.random,
  Date,
  hrtime: process.hrtime,
  later: setTimeout,
  promise: Promise.resolve(),
};

interface State {
  n: number;
  jobs: Record<string, number>;
}
const s = spec<State>();

/** Every function of a model that the checker calls, with `body` in it. */
const places: { readonly [place: string]: (body: () => void) => Scenario } = {
  'a step': (body) =>
    scenario({ processes: { p: s.flow({ name: 'f', steps: { go: () => void body() } }).start() } }),
  'a guard': (body) =>
    scenario({ actions: [s.action({ name: 'a', when: () => isDone(body), do() {} })] }),
  'a guard of a step': (body) => {
    const go = { when: () => isDone(body), do() {} };
    return scenario({ processes: { p: s.flow({ name: 'f', steps: { go } }).start() } });
  },
  'an action': (body) => scenario({ actions: [s.action({ name: 'a', do: () => void body() })] }),
  'a fault': (body) => scenario({ faults: [s.fault({ name: 'crash', do: () => void body() })] }),
  'a property': (body) => scenario({ properties: [s.always('p', () => isDone(body))] }),
  'a property about steps': (body) =>
    scenario({
      actions: [counting],
      properties: [s.step('p', () => isDone(body))],
    }),
  'a property about runs': (body) =>
    scenario({ actions: [counting], properties: [s.eventually('p', () => isDone(body))] }),
  init: (body) =>
    scenario({
      init: () => {
        body();
        return { n: 0, jobs: {} };
      },
    }),
  system: (body) =>
    s.scenario({
      name: 'impure',
      about: 'It looks at more than the state.',
      system: () => {
        body();
        return { init: () => ({ n: 0, jobs: {} }) };
      },
    }),
  refuses: (body) =>
    s.scenario({
      name: 'impure',
      about: 'It looks at more than the state.',
      refuses: () => {
        body();
        return undefined;
      },
      system: () => ({ init: () => ({ n: 0, jobs: {} }) }),
    }),
  final: (body) => scenario({ actions: [counting], final: () => isDone(body) }),
  vars: (body) => {
    const vars = () => {
      body();
      return {};
    };
    const flow = s.flow({ name: 'f', vars, steps: { go() {} } });
    const start = s.action({
      name: 'a',
      when: (_, processes) => processes['p'] === undefined,
      do: (_state, _pick, processes) => processes.start('p', flow.start()),
    });
    return scenario({ actions: [start] });
  },
};

const counting = s.action({
  name: 'count',
  when: ({ n }) => n < 2,
  do: (state) => {
    state.n += 1;
  },
});

function isDone(body: () => void): true {
  body();
  return true;
}

function scenario(parts: object): Scenario {
  return s.scenario({
    name: 'impure',
    about: 'It looks at more than the state.',
    system: () => ({ init: () => ({ n: 0, jobs: {} }), final: 'anywhere', ...parts }),
  });
}

/** The impure sources, by their names in the error. */
const impure: { readonly [named: string]: () => unknown } = {
  'Math.random': () => Math.random(),
  'Date.now': () => Date.now(),
  'new Date()': () => new Date(),
  'Date()': () => Date(),
  'performance.now': () => performance.now(),
  'process.hrtime': () => process.hrtime(),
  'process.hrtime.bigint': () => process.hrtime.bigint(),
  'process.memoryUsage': () => process.memoryUsage(),
  'process.memoryUsage.rss': () => process.memoryUsage.rss(),
  'crypto.getRandomValues': () => crypto.getRandomValues(new Uint8Array(1)),
  'crypto.randomUUID': () => crypto.randomUUID(),
  'crypto.randomInt': () => cryptoModule.randomInt(10),
  'crypto.randomBytes': () => cryptoModule.randomBytes(1),
  'Intl.DateTimeFormat.format': () => new Intl.DateTimeFormat('en').format(),
  'Intl.DateTimeFormat.formatToParts': () => new Intl.DateTimeFormat('en').formatToParts(),
  'os.freemem': () => os.freemem(),
  'Event.prototype.timeStamp': () => new Event('x').timeStamp,
  'File.prototype.lastModified': () => new File([], 'x').lastModified,
  'URL.createObjectURL': () => URL.createObjectURL(new Blob([])),
  'PerformanceEntry.prototype.startTime': () => new PerformanceMark('x').startTime,
  'performance.getEntries': () => performance.getEntries(),
  'Buffer.allocUnsafe': () => Buffer.allocUnsafe(1),
  'AbortSignal.timeout': () => AbortSignal.timeout(1),
  'fs.readFileSync': () => fs.readFileSync('/dev/null'),
  'fs.existsSync': () => fs.existsSync('/dev/null'),
  setTimeout: () => setTimeout(() => undefined, 0),
  setImmediate: () => setImmediate(() => undefined),
  queueMicrotask: () => queueMicrotask(() => undefined),
  'process.nextTick': () => process.nextTick(() => undefined),
  'a Promise': () => {
    void (async () => {
      await kept.promise;
    })();
  },
  'a Promise that follows another': () => void kept.promise.then(() => undefined),
  // A function that was kept before.
  'Date.now that was kept': () => kept.now(),
  'Math.random that was kept': () => kept.random(),
  'new Date() that was kept': () => new kept.Date(),
  'new Date() of a class below it': () => new (class extends kept.Date {})(),
  'new Date() by way of a date': () => Reflect.construct(new Date(0).constructor, []),
  'process.hrtime that was kept': () => kept.hrtime.bigint(),
  'setTimeout that was kept': () => kept.later(() => undefined, 0),
  // The error is caught, and the source is used all the same.
  'Math.random whose error is caught': () => {
    try {
      Math.random();
    } catch {}
  },
};

/** The last words of a name say how it is come by, and not what is refused. */
const namedIn = (name: string): string =>
  name.replace(/ (that|of a|by way|whose) .*$/, '').replace('process.hrtime', 'hrtime');

describe.each(Object.entries(places))('in %s', (_place, scenarioWith) => {
  test.each(Object.entries(impure))('%s is refused by its name in this place', (name, body) => {
    const problem = problemOf(scenarioWith(body));
    expect(problem).toMatch(/^(scenario 'impure'|property 'p')/);
    expect(problem).toContain(namedIn(name));
  });

  test.each(Object.entries(pure()))('%s is let through in this place', (_name, body) => {
    expect(problemOf(scenarioWith(body))).toBe('none');
  });
});

/** The function of this name, or the one that computes the value. */
function functionOf(root: unknown, name: string): unknown {
  if (root === undefined) return undefined;
  // A prototype has no value of its own to compute it from.
  if (Object.hasOwn(root as object, 'constructor')) {
    const get = Object.getOwnPropertyDescriptor(root, name)?.get;
    if (get !== undefined) return get;
  }
  return (root as Known)?.[name];
}

type Known = { readonly [key: string]: unknown } | undefined;

describe('everything in the list of sources', () => {
  const listed = sources.flatMap(({ path, ofNode, names }) => {
    const root: unknown = ofNode
      ? process.getBuiltinModule(path[0] as string)
      : path.reduce<unknown>((value, key) => (value as Known)?.[key], globalThis);
    return names.flatMap((name) => {
      const value = functionOf(root, name);
      return typeof value === 'function' ? [[[...path, name].join('.'), value] as const] : [];
    });
  });

  test('every impure source of the list exists on this platform, except those of other platforms', () => {
    expect(listed.length).toBeGreaterThan(80);
  });

  test.each(listed)('%s is refused as an impure source', (name, source) => {
    const problem = problemOf(places['a step']!(() => Reflect.apply(source, undefined, [])));
    // Some have several names.
    expect(problem, name).toMatch(/step 'go': .*: it uses [\w.]+\n/);
  });
});

test('the impure sources work as ever outside of an evaluation', () => {
  check(places['a step']!(() => undefined));
  expect(Math.abs(new Date().getTime() - Date.now())).toBeLessThan(60_000);
  expect(Math.random()).toBeLessThan(1);
  expect(typeof process.hrtime.bigint()).toBe('bigint');
  expect(cryptoModule.randomBytes(3)).toHaveLength(3);
  expect(new Intl.DateTimeFormat('en').format()).toMatch(/\d/);
  expect(new Date(5)).toBeInstanceOf(Date);
  expect(fs.existsSync(import.meta.filename)).toBe(true);
});

/** Functions that look like the above and depend only on their arguments. */
function pure(): { readonly [name: string]: () => unknown } {
  return {
    'a date of a number': () => new Date(86_400_000).toISOString(),
    'a date that is formatted': () => new Intl.DateTimeFormat('en').format(new Date(0)),
    'a date of parts': () => Date.UTC(2020, 1, 1),
    'a date that is parsed': () => Date.parse('2020-01-01'),
    'what is printed': () => console.error('printed by a step'),
    'a hash': () => cryptoModule.createHash('sha256').update('x').digest('hex'),
    arithmetic: () => Math.max(1, Math.floor(2.5)),
  };
}

function problemOf(broken: Scenario): string {
  // The runner may restore its own functions at any time.
  replaceSourcesForGood();
  try {
    check(broken);
    return 'none';
  } catch (error) {
    return String((error as Error).message);
  }
}
