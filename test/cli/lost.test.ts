import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makePlace } from './run.ts';

const place = makePlace();

const head = "import { spec } from 'racewright';\nconst s = spec<{ n: number }>();\n";

/** Counts for ever; the step runs `body` from 7 on. */
const counting = (name: string, body: string, beside = ''): string => `${head}${beside}
export const ${name} = s.scenario({
  name: '${name}',
  about: 'It counts.',
  system: () => ({
    init: () => ({ n: 0 }),
    final: 'anywhere',
    actions: [s.action({ name: 'inc', do: (state) => { state.n += 1; if (state.n >= 7) { ${body} } } })],
    properties: [s.always('n < 3', ({ n }) => n < 3), s.always('n < 99', ({ n }) => n < 99)],
  }),
});`;

place.write({
  'throws.ts': counting('throws', "throw new Error('seven');"),
  'data.ts': counting('data', 'state.n = (() => 1) as never;'),
  'chance.ts': counting('chance', 'state.n += calls++;', 'let calls = 0;'),
  'sound.ts': counting('sound', 'state.n = 7;'),
  'unseen.ts': counting('unseen', "throw new Error('seven');").replace(
    "s.always('n < 3', ({ n }) => n < 3), ",
    '',
  ),
  'late.ts': counting('late', 'state.n = 7;', "void Promise.reject(new Error('unhandled'));")
    .replace('n < 3', 'n < 8')
    .replace('n < 3', 'n < 8'),
  'odd.ts': counting('odd', 'throw { toString() { throw 1; } };'),
  'fat.ts': `${head.replace('n: number', 'n: number; blob: string[]')}
export const fat = s.scenario({ name: 'fat', about: 'Each state adds a value of hundreds of kilobytes.',
  system: () => ({ init: () => ({ blob: [], n: 0 }), final: 'anywhere',
    actions: [s.action({ name: 'inc', do: (state) => { state.n += 1; state.blob = Array.from({ length: 20000 }, (_, i) => \`v\${state.n}_\${i}\`); } })],
    properties: [s.always('n < 3', ({ n }) => n < 3), s.always('n', ({ n }) => n >= 0)] }) });`,
});

/** Runs the command with its standard output somewhere else. */
function runInto(output: string, ...words: string[]) {
  const quoted = [process.execPath, place.command, ...words].map((word) => `'${word}'`).join(' ');
  const { stderr, status } = spawnSync('sh', ['-c', `${quoted} > ${output}`], {
    cwd: place.folder,
    env: place.env,
    encoding: 'utf8',
  });
  return { stderr, status };
}

function run(env: NodeJS.ProcessEnv, ...words: string[]) {
  const options = { cwd: place.folder, env: { ...place.env, ...env }, encoding: 'utf8' } as const;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [place.command, ...words],
    options,
  );
  return { stdout, stderr, status };
}

test.each([
  ['throws.ts', 'it threw Error: seven'],
  ['data.ts', 'n was given a function'],
  ['chance.ts', 'nondeterminism'],
  ['odd.ts', 'it threw'],
])('a violation that was found stays beside a later error (%s)', (file, what) => {
  const { stdout, stderr, status } = run({}, 'check', file);
  expect(stdout).toContain('VIOLATED   always  n < 3');
  expect(stdout).toContain('undecided  always  n < 99');
  expect(stderr).toContain(what);
  expect(status).toBe(1);
  const json = run({}, 'check', file, '--json');
  const { results, errors } = JSON.parse(json.stdout);
  expect(results).toMatchObject([{ verdict: 'violated', complete: false, stopReason: 'error' }]);
  expect(errors).toMatchObject([{ what: expect.stringContaining(what) }]);
  expect(json.status).toBe(1);
});

test('a violation that was found stays in the report files, the replay, the graph and the matrix', () => {
  const { status } = run({}, 'check', 'throws.ts', '--why', '--report', 'json=r.json', '--ci');
  expect(status).toBe(1);
  const report = JSON.parse(readFileSync(join(place.folder, 'r.json'), 'utf8'));
  expect(report).toMatchObject({ results: [{ verdict: 'violated' }], errors: [{}] });
  const junit = readFileSync(join(place.folder, 'racewright-report/junit.xml'), 'utf8');
  expect(junit).toMatch(/<failure[\s\S]*<error/);
  const words = Array.from({ length: 7 }, () => 'inc');
  const replayed = run({}, 'replay', 'throws.ts', ...words);
  expect(replayed.stdout).toContain('after step 3 the property is false: n < 3');
  expect(replayed).toMatchObject({ status: 1, stderr: expect.stringContaining('seven') });
  const graph = run({}, 'graph', 'throws.ts', '--around');
  expect(graph.stdout).toContain('dc322f');
  expect(graph).toMatchObject({ status: 2, stderr: expect.stringContaining('seven') });
  const matrix = run({}, 'matrix', 'throws.ts');
  expect(matrix.stdout).toContain('A is violated, after 3 steps');
  expect(matrix).toMatchObject({ status: 2, stderr: expect.stringContaining('seven') });
});

test('a full standard output does not hide a violation: standard error tells it beside the error', () => {
  for (const words of [
    ['check', 'sound.ts'],
    ['check', 'sound.ts', '--json'],
  ]) {
    const { stderr, status } = runInto('/dev/full', ...words);
    expect(stderr).toContain('error: cannot write standard output: ENOSPC');
    expect(stderr).toContain('VIOLATED   always  n < 3');
    expect(status).toBe(1);
  }
});

test('a report that cannot be written does not hide a violation', () => {
  const { stdout, stderr, status } = run({}, 'check', 'sound.ts', '--report', 'json=/dev/full');
  expect(stdout).toContain('VIOLATED   always  n < 3');
  expect(stderr).toContain("error: cannot write '/dev/full': ENOSPC");
  expect(status).toBe(1);
});

test('a violation that was found stays when the heap is nearly full', () => {
  const { stdout, status } = run({ NODE_OPTIONS: '--max-old-space-size=90' }, 'check', 'fat.ts');
  expect(stdout).toContain('VIOLATED   always  n < 3');
  expect(stdout).toContain('NOT complete: stopped because there was no memory left');
  expect(status).toBe(1);
});

test('a violation that was found stays at a bound on memory, which counts values', () => {
  const { stdout, status } = run({}, 'check', 'fat.ts', '--max-memory', '30');
  expect(stdout).toContain('VIOLATED   always  n < 3');
  expect(stdout).toContain('NOT complete: stopped at the bound on memory (--max-memory)');
  expect(status).toBe(1);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a violation that was found stays when %s ends the check',
  async (signal) => {
    place.write({
      'slow.ts': counting(
        'slow',
        "state.n = 7 + (state.n % 90000); if (state.n === 9) console.log('nine');",
      ),
    });
    const words = [place.command, 'check', 'slow.ts', '--json'];
    const child = spawn(process.execPath, words, { cwd: place.folder, env: place.env });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.once('data', () => child.kill(signal));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(JSON.parse(output).results[0].verdict).toBe('violated');
    expect(code).toBe(1);
  },
);

describe('standard output that takes nothing', () => {
  test.each([
    ['check', 'seed-race', '--json'],
    ['check', 'seed-race'],
    ['check', 'seed-race', '--report', 'junit'],
    ['list', '--cloud'],
    ['list', '--cloud', '--json'],
    ['--help'],
    ['check', '--help'],
    ['--version'],
    ['matrix', 'seed-race', '--set', 'attaches=1', '--set', 'detaches=1'],
    ['replay', 'seed-race'],
    ['replay', 'seed-race', '--json'],
    ['graph', 'seed-race'],
    ['report', 'r.json', '--to', 'markdown'],
  ])('a standard output that takes nothing is an error of `%s %s %s`', (...words) => {
    writeFileSync(
      join(place.folder, 'r.json'),
      JSON.stringify({ format: 'racewright/report', version: 2, results: [] }),
    );
    const { stderr, status } = runInto('/dev/full', ...words.filter((word) => word !== undefined));
    expect(stderr).toContain(
      'error: cannot write standard output: ENOSPC: no space left on device',
    );
    expect(status).toBe(2);
  });

  test('a standard output that is open for reading only is an error', () => {
    const { stderr, status } = runInto('/dev/null 1</dev/null', 'list', '--cloud');
    expect(stderr).toContain('error: cannot write standard output: EBADF');
    expect(status).toBe(2);
  });

  test('a standard output that takes nothing is an error also where standard error gets lost', () => {
    expect(runInto('/dev/null 2>/dev/full', 'check', 'seed-race', '--ci').status).toBe(2);
  });
});

describe('a full disk', () => {
  test('a full disk keeps the old report, and is an error', () => {
    const disk = join(place.folder, 'disk');
    mkdirSync(disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk]);
    // Only root may mount a small disk.
    if (mounted.status !== 0) return;
    try {
      const file = join(disk, 'report.json');
      writeFileSync(file, 'the old report');
      const { stderr, status } = run({}, 'check', 'seed-race', '--report', `html=${file}`);
      expect(stderr).toContain("error: cannot write 'disk/report.json': ENOSPC");
      expect(status).toBe(2);
      expect(readFileSync(file, 'utf8')).toBe('the old report');
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});

describe('a report', () => {
  place.write({ 'old.json': 'old' });
  symlinkSync('a.out', join(place.folder, 'linked.out'));
  const words = [
    ['check', 'seed-race', '--report', 'json=a.out', '--report', 'html=./a.out'],
    ['check', 'seed-race', '--report', 'json=a.out', '--report', 'html=linked.out'],
    ['check', 'seed-race', '--ci', '--report', 'html=racewright-report/junit.xml'],
    ['check', 'throws.ts', '--report', 'json=throws.ts'],
    ['check', 'throws.ts:throws', '--report', 'json=throws.ts'],
    ['graph', 'throws.ts', '--output', 'throws.ts'],
    ['report', 'old.json', '--to', 'markdown', '--output', 'old.json'],
  ];

  test.each(words)('a report replaces no other report and no input: %s %s %s %s', (...all) => {
    const model = readFileSync(join(place.folder, 'throws.ts'), 'utf8');
    const { stderr, status } = run({}, ...all);
    expect(stderr).toContain('would take the place of');
    expect(status).toBe(2);
    expect(readFileSync(join(place.folder, 'throws.ts'), 'utf8')).toBe(model);
    expect(readFileSync(join(place.folder, 'old.json'), 'utf8')).toBe('old');
  });

  test('a report may be written twice to a device that takes everything', () => {
    const twice = ['--report', 'json=/dev/null', '--report', 'html=/dev/null'];
    expect(run({}, 'check', 'seed-race', ...twice).status).toBe(0);
  });

  test('a report that is larger than a file may be is an error, and the old one stays', () => {
    const file = join(place.folder, 'limited.html');
    writeFileSync(file, 'the old report');
    const command = `ulimit -f 1; '${process.execPath}' '${place.command}' check seed-race --report html=limited.html`;
    const { stderr, status } = spawnSync('sh', ['-c', command], {
      cwd: place.folder,
      env: place.env,
      encoding: 'utf8',
    });
    expect(stderr).toContain("error: cannot write 'limited.html': EFBIG");
    expect(status).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe('the old report');
  });
});

describe('an error that comes when nothing of the model is called', () => {
  test('an error that comes outside of calls of the model is one of the model, and the check goes on', () => {
    const { stdout, stderr, status } = run({}, 'check', 'late.ts', '--json');
    expect(stderr).toContain('the model threw Error: unhandled later than it was called');
    const { results, errors } = JSON.parse(stdout);
    expect(results).toHaveLength(1);
    expect(errors).toMatchObject([{ what: expect.stringContaining('unhandled') }]);
    expect(status).toBe(2);
  });

  test('an error that comes outside of calls of the model is printed in three parts when nothing else is wrong', () => {
    expect(run({}, 'check', 'unseen.ts').status).toBe(2);
  });
});
