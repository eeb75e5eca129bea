import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { makePlace } from '../cli/run.ts';
import { firstModels } from './models-of-newcomers.ts';
import { impureModels } from './models-of-purity.ts';
import { runModels } from './models-of-runs.ts';
import { stateModels } from './models-of-state.ts';
import { rightAnswers } from './right-answers.ts';

const place = makePlace();

place.write({ ...stateModels, ...impureModels, ...runModels, ...firstModels });

interface Answer {
  readonly exit: number | null;
  /** Verdicts of all results, by the name of the property. */
  readonly verdicts: { readonly [property: string]: string };
  /** The errors of the check, each as its three parts in one line. */
  readonly errors: readonly string[];
  /** Everything that was printed. */
  readonly text: string;
}

interface Problem {
  readonly what: string;
  readonly where: string | null;
  readonly mend: string | null;
}

/** Checks with `--json` and reads the document, which must be the whole of standard output. */
function checked(...words: readonly string[]): Answer {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [place.command, 'check', ...words, '--json'],
    { cwd: place.folder, env: place.env, encoding: 'utf8' },
  );
  const { results = [], error, errors = [] } = JSON.parse(stdout);
  const problems: Problem[] = [...(error === undefined ? [] : [error]), ...errors];
  return {
    exit: status,
    verdicts: Object.fromEntries(
      results.flatMap(({ properties }: { properties: { name: string; verdict: string }[] }) =>
        properties.map(({ name, verdict }) => [name, verdict]),
      ),
    ),
    errors: [...new Set(problems.map(({ what, where, mend }) => [where, what, mend].join(': ')))],
    text: stdout + stderr,
  };
}

test.each(rightAnswers)('the checker gives the right answer %s', (_what, words, exit, verdicts) => {
  const answer = checked(...words);
  expect(answer.errors).toEqual([]);
  expect([answer.verdicts, answer.exit]).toEqual([verdicts, exit]);
});

test.each<[string, string, { readonly [setting: string]: readonly [number, ...string[]] }]>([
  [
    'caches',
    'cache.ts',
    {
      'remedy=none': [472, 'when all are done the cache is right', 'the cache is right in the end'],
      'remedy=twice': [
        498,
        'when all are done the cache is right',
        'the cache is right in the end',
      ],
      'remedy=lease': [360],
      'remedy=expiry': [618, 'when all are done the cache is right'],
    },
  ],
  [
    'leases',
    'lease.ts',
    {
      'fencing=none': [160, 'no sum that was told is lost'],
      'fencing=writes': [162, 'no sum that was told is lost'],
      'fencing=both': [142],
    },
  ],
  [
    'payments',
    'payment.ts',
    {
      'stored=late': [33, 'no order is paid twice'],
      'stored=late provider=knows': [28],
      'stored=early': [30, 'what has a key is paid in the end', 'what has begun is finished'],
      'stored=early provider=knows': [
        30,
        'what has a key is paid in the end',
        'what has begun is finished',
      ],
      'stored=recovered': [34, 'no order is paid twice'],
      'stored=recovered provider=knows': [32],
    },
  ],
])(
  'the checker gives the right answer to %s at every point, with the number of states',
  (_what, file, points) => {
    const found = Object.keys(points).map((settings) => {
      const words = settings.split(' ').flatMap((setting) => ['--set', setting]);
      const { verdicts, text } = checked(file, ...words);
      const violated = Object.keys(verdicts).filter((name) => verdicts[name] === 'violated');
      const [, states] = /"states": (\d+)/.exec(text) ?? [];
      return [settings, [Number(states), ...violated]];
    });
    expect(Object.fromEntries(found)).toEqual(points);
  },
);

describe('what is no function of the state', () => {
  test.each<[string, readonly string[], readonly RegExp[]]>([
    ['a step that writes after an await', ['awaits.ts'], [/flow 'clerk', step 'finish'/]],
    ...['now', 'random', 'hrtime', 'intl', 'performance'].map(
      (clock): [string, readonly string[], readonly RegExp[]] => [
        `a step that asks for ${clock}`,
        ['clocks.ts', '--set', `clock=${clock}`],
        [/flow 'worker', step 'ask'/],
      ],
    ),
    ['a step that throws dice', ['dice.ts'], [/flow 'player', step 'roll'/]],
    ['a beginning that is left to chance', ['random-init.ts'], [/init/, /random/]],
    ['ids from a counter outside of the state', ['numbering.ts'], [/flow 'maker', step 'make'/]],
    ['a system that changes its parameters', ['changed-point.ts'], [/'lock'/, /system/]],
    ['a file that ends the process', ['exits-at-once.ts'], [/reallyExit/]],
    ['a step that ends the process', ['exits-in-a-step.ts'], [/reallyExit/, /count/]],
    ['a step that aborts the process', ['aborts.ts'], [/abort/, /count/]],
    ['a step that kills the process', ['kills.ts'], [/kill/, /count/]],
  ])(
    'a question that is no function of the state is refused by name: %s',
    (_what, words, named) => {
      const { errors, exit, verdicts } = checked(...words);
      expect([errors.length > 0, exit]).toEqual([true, 2]);
      for (const name of named) expect(errors.join('\n')).toMatch(name);
      expect(Object.values(verdicts)).not.toContain('holds');
    },
  );
});

test('a schedule entry names one step, or the system is refused', () => {
  const { errors, exit } = checked('twin-words.ts');
  expect(errors.join()).toMatch(/ann.*lock/);
  expect(exit).toBe(2);
});

test('a search that runs out of memory leaves the rest undecided', () => {
  const { exit, verdicts } = checked('fat.ts', '--max-memory', '300');
  expect([exit, verdicts]).toEqual([3, { 'n counts': 'undecided' }]);
});

test('the ledger lists names that never existed, and --require fails on them', () => {
  const { exit, text } = checked('misspelt.ts', '--require', 'no-vacuity');
  expect(exit).toBe(3);
  expect(text).toContain('processes.w3');
});

test('a reason says of which runs it speaks, and names a remedy', () => {
  const why = place.run('check', 'tickets.ts', '--why').replace(/\s+/g, ' ');
  expect(why).toContain(
    'in every run of a and b alone with step 3 before step 1, the property holds',
  );
  const unfair = place.run('check', 'unfair.ts', '--why');
  expect(unfair).toContain('with weak fairness of serve, the property holds');
  expect(unfair).not.toContain('all of these together');
});

test('options with the same JSON are refused by name', () => {
  const { errors, exit } = checked('null-or-all.ts');
  expect(errors).toEqual([
    expect.stringMatching(/scenario 'not-a-number'.*the pick 'x'.*NaN/),
    expect.stringMatching(/scenario 'null-or-all'.*the pick 'limit'.*Infinity/),
  ]);
  expect(exit).toBe(2);
});

describe('the printed command shows the violation again', () => {
  test.each(
    ['two-picks.ts', 'early-loop.ts:early-loop', 'tickets.ts', 'same.ts:two'].concat([
      'swaps.ts',
      'moves.ts',
      'partly-stuck.ts:clock',
    ]),
  )('the printed command shows the violation of %s again', (typed) => {
    // A long command goes on in further lines.
    const output = place.run('check', typed).replace(/ \\\n */g, ' ');
    const [, command = ''] = /racewright (replay .*)/.exec(output) ?? [];
    const words = command.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", '')) ?? [];
    expect(words.length).toBeGreaterThan(2);
    const replayed = place.run(...words);
    expect(replayed).toMatch(/✗|not true|violated|stuck/i);
    expect(replayed).not.toContain('no property is violated');
  });
});
