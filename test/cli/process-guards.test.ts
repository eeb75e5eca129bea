import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { makePlace } from './run.ts';

const place = makePlace();

const head = "import { spec } from 'racewright';\nconst s = spec<{ n: number }>();\n";

/** A scenario whose only step does this, and whose property is violated by it. */
const scenario = (name: string, body = ''): string => `
export const ${name.replaceAll('-', '_')} = s.scenario({
  name: '${name}',
  about: 'It counts.',
  system: () => ({
    init: () => ({ n: 0 }),
    actions: [s.action({ name: 'count', when: (state) => state.n === 0, do: (state) => { ${body}; state.n = 1; } })],
    final: 'anywhere',
    properties: [s.always('n is 0', (state) => state.n === 0)],
  }),
});`;

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...words: readonly string[]): Ended {
  const { command, folder: cwd, env } = place;
  return spawnSync(process.execPath, [command, ...words], { cwd, env, encoding: 'utf8' });
}

interface Told {
  readonly results: readonly { readonly scenario: string }[];
  readonly errors?: readonly { readonly scenario: string; readonly what: string }[];
}

const ends: { readonly [name: string]: readonly [body: string, what: string] } = {
  exit: ['process.exit(0)', 'it ends the process: process.exit(0)'],
  'really-exit': ['process.reallyExit(0)', 'it ends the process: process.reallyExit(0)'],
  abort: ['process.abort()', 'it ends the process: process.abort()'],
  kill: [
    "process.kill(process.pid, 'SIGKILL')",
    /it ends the process: process.kill\(\d+, SIGKILL\)/.source,
  ],
  imported: ['leave(0)', 'it ends the process: process.exit(0)'],
  binding: ["process.binding('fs')", 'it takes over the process: process.binding(fs)'],
  closed: ['fs.closeSync(1)', 'it closes standard output: fs.closeSync(1)'],
  'replaced-before': [
    'process.reallyExit = () => {}; process.reallyExit(0)',
    'it ends the process: process.reallyExit(0)',
  ],
};

const thrown: { readonly [name: string]: readonly [body: string, what: string] } = {
  nothing: ['throw undefined', 'it threw undefined'],
  'null-value': ['throw null', 'it threw null'],
  symbol: ["throw Symbol('x')", 'it threw Symbol(x)'],
  'no-text': [
    'throw { toString() { throw 1; } }',
    'it threw an object that cannot be shown as text',
  ],
  'no-prototype': ['throw Object.create(null)', 'it threw an object that cannot be shown as text'],
  proxy: [
    'throw new Proxy({}, { get() { throw 1; }, has() { throw 1; }, getPrototypeOf() { throw 1; } })',
    'it threw an object that cannot be shown as text',
  ],
  'no-message': [
    "throw Object.defineProperty(new Error('x'), 'message', { get() { throw 1; } })",
    'it threw an object that cannot be shown as text',
  ],
  'no-stack': [
    "throw Object.defineProperty(new Error('x'), 'stack', { get() { throw 1; } })",
    'it threw Error: x',
  ],
  'odd-stack': ["throw Object.assign(new Error('x'), { stack: 7 })", 'it threw Error: x'],
  long: ["throw new Error('x'.repeat(1e6))", `it threw Error: ${'x'.repeat(993)}…`],
};

const kinds = { ...ends, ...thrown };
const imports = "import fs from 'node:fs';\nimport { exit as leave } from 'node:process';\n";

describe('a model that ends the process, or throws what no one can read', () => {
  test('a model that ends the process in a step is named, and nothing else is lost', () => {
    const bodies = Object.entries(kinds).map(([name, [body]]) => scenario(name, body));
    place.write({ 'steps.ts': `${imports}${head}${bodies.join('')}${scenario('healthy')}` });
    const { status, stdout } = run('check', 'steps.ts', '--json');
    const { results, errors = [] } = JSON.parse(stdout) as Told;
    expect(results.map((result) => result.scenario)).toContain('healthy');
    for (const [name, [, what]] of Object.entries(kinds)) {
      const error = errors.find((one) => one.scenario === name);
      expect([name, error?.what]).toEqual([
        name,
        name === 'kill' ? expect.stringMatching(what) : what,
      ]);
    }
    expect(status).toBe(1);
  });

  test('a model that ends the process while it loads is named', () => {
    const files = Object.entries(kinds).map(([name, [body]]) => {
      const file = `load-${name}.ts`;
      place.write({ [file]: `${imports}${head}if (Date.now() > 0) { ${body} }${scenario(name)}` });
      return file;
    });
    const { status, stdout } = run('check', ...files, '--json');
    const { results, errors = [] } = JSON.parse(stdout) as Told;
    expect(results).toEqual([]);
    expect(errors.map((error) => error.scenario)).toEqual(files);
    for (const [i, [name, [, what]]] of Object.entries(kinds).entries()) {
      const said = what.replace('it threw', 'it throws while it is loaded:');
      // Node itself looks at what is thrown while a module is loaded.
      const found = name === 'proxy' ? said : errors[i]?.what;
      expect([name, found]).toEqual([name, name === 'kill' ? expect.stringMatching(said) : said]);
    }
    expect(status).toBe(2);
  });
});

describe('a model that hears that the process ends', () => {
  const late = "process.on('exit', () => { process.exitCode = 0; });\n";

  test('a model that hears the end of the process cannot change the exit code', () => {
    place.write({ 'hears.ts': `${head}${late}process.exitCode = 0;${scenario('hears')}` });
    expect(run('check', 'hears.ts').status).toBe(1);
  });

  test('a model that hears the end of the process cannot keep others from hearing it', () => {
    const deaf = `${late}process.removeAllListeners();\nprocess.removeAllListeners('exit');\n`;
    place.write({ 'deaf.ts': `${head}${deaf}await new Promise(() => {});${scenario('deaf')}` });
    const { status, stderr } = run('check', 'deaf.ts');
    expect(stderr).toContain('the model waits for something that never comes');
    expect(status).toBe(2);
  });

  test('a model cannot announce the end of the process before it comes', () => {
    place.write({ 'tells.ts': `${head}${scenario('tells', "process.emit('exit', 0)")}` });
    const { status, stdout } = run('check', 'tells.ts', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      error: { what: 'the model ended the process before the command had ended' },
    });
    expect(status).toBe(2);
  });
});

describe('what a model prints', () => {
  const printing = [
    "process.stdout.write('garbage\\n')",
    "console.log('garbage')",
    "printer.log('garbage')",
    "fs.writeSync(1, 'garbage\\n')",
    "writeSync(1, 'garbage\\n')",
    "fs.writeFileSync(1, 'garbage\\n')",
    "fs.appendFileSync('/dev/stdout', 'garbage\\n')",
    "fs.writeFileSync('/proc/self/fd/1', 'garbage\\n')",
  ];
  const imported =
    "import fs, { writeSync } from 'node:fs';\nimport printer from 'node:console';\n";
  const all = printing.join(';');
  place.write({ 'prints.ts': `${imported}${head}${all}${scenario('prints', all)}` });

  test.each([
    ['check', 'prints.ts', '--json'],
    ['list', 'prints.ts', '--json'],
    ['replay', 'prints.ts', 'count', '--json'],
    ['check', 'prints.ts', '--report', 'json'],
  ])('the document does not have what a model prints: %s %s %s %s', (...words) => {
    const { stdout, stderr } = run(...words);
    expect(() => JSON.parse(stdout)).not.toThrow();
    expect(stdout).not.toContain('garbage');
    expect(stderr.match(/garbage/g)?.length).toBeGreaterThanOrEqual(printing.length);
  });
});

test('a random constant of a loading file is found in a second copy of it', () => {
  const drawn = 'globalThis.loads = (globalThis.loads ?? 0) + 1; const coin = globalThis.loads;';
  place.write({ 'drawn.ts': `${head}${drawn}${scenario('drawn', 'if (coin > 1) return')}` });
  const check = run('check', 'drawn.ts');
  const matrix = run('matrix', 'drawn.ts');
  const found = 'in a second copy of the module, on the same state';
  expect([check.stderr, matrix.stderr]).toEqual(Array(2).fill(expect.stringContaining(found)));
  // The violation that was found counts more than the error; a matrix only shows what is violated.
  expect([check.status, matrix.status]).toEqual([1, 2]);
});

test('a file that cannot be loaded twice is still checked', () => {
  const once = "if (globalThis.taken) throw new Error('taken'); globalThis.taken = true;";
  place.write({ 'once.ts': `${head}${once}${scenario('once')}` });
  expect(run('check', 'once.ts').status).toBe(1);
});
