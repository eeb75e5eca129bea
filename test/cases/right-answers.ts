const goesOn = 'every run can go on until it is done';

/** Verdicts of all results, by the name of the property. */
type Verdicts = { readonly [property: string]: string };

/** The subject of each model, the command line of its check, the exit code and the verdicts. */
export const rightAnswers: readonly (readonly [
  about: string,
  words: readonly string[],
  exit: number,
  verdicts: Verdicts,
])[] = [
  [
    'to a table that is replaced while its entries are wanted',
    ['drains.ts'],
    1,
    { 'nothing gets lost': 'holds', 'all of it is counted': 'violated', [goesOn]: 'holds' },
  ],
  [
    'S42: to two tables that change places',
    ['swaps.ts'],
    1,
    {
      'x is on the right': 'violated',
      'y is on the left': 'violated',
      'each is in one place': 'holds',
      [goesOn]: 'holds',
    },
  ],
  [
    'to tables that are archived, restored, pushed and shared',
    ['moves.ts'],
    1,
    {
      'what was archived is there': 'violated',
      'what was restored is there': 'holds',
      'what was pushed is there': 'violated',
      'what is shared shows in both': 'violated',
      [goesOn]: 'holds',
    },
  ],
  [
    'to a property that remembers its answer by identity',
    ['cached.ts'],
    1,
    {
      'at most one disk is used': 'violated',
      'the same without remembering': 'violated',
      [goesOn]: 'holds',
    },
  ],
  [
    'to questions about every part',
    ['quantifiers.ts'],
    1,
    {
      'every order gets sent': 'violated',
      'both sides get to one': 'violated',
      'both sides are at one': 'holds',
      'some order is open': 'holds',
      [goesOn]: 'holds',
    },
  ],
  [
    'to a question about all steps from some time on',
    ['toggles.ts'],
    1,
    { 'from some time on every step is an on': 'violated' },
  ],
  [
    'to a chain of three hundred levels',
    ['deep-chain.ts', '--set', 'depth=300'],
    0,
    { 'it stays between the ends': 'holds' },
  ],
  [
    'to a stream that is never filled',
    ['clauses.ts:fills'],
    1,
    { 'the stream fills': 'violated', 'the counter is below zero': 'violated' },
  ],
  [
    'to a promise that is missed beside a counter that grows for ever',
    ['clauses.ts:fills', '--set', 'counter=grows', '--max-states', '1000'],
    1,
    { 'the stream fills': 'violated', 'the counter is below zero': 'violated' },
  ],
  [
    'to a promise that only an endless growth could break, which is open',
    ['clauses.ts:fills', '--set', 'counter=grows', '--set', 'fair=weakly', '--max-states', '1000'],
    1,
    { 'the stream fills': 'undecided', 'the counter is below zero': 'violated' },
  ],
  [
    'to a condition of several clauses',
    ['clauses.ts:clauses'],
    1,
    { plain: 'violated', 'by parts': 'violated' },
  ],
  [
    'to two locks, each held by who waits for the other',
    ['partly-stuck.ts:alone'],
    1,
    { [goesOn]: 'violated' },
  ],
  ['to the same beside a clock', ['partly-stuck.ts:clock'], 1, { [goesOn]: 'violated' }],
  [
    'to the same beside a step that changes nothing',
    ['partly-stuck.ts:idle'],
    1,
    { [goesOn]: 'violated' },
  ],
  [
    'to a loop of few states beside a counter of a million',
    ['early-loop.ts:early-loop', '--set', 'most=1000000', '--max-states', '2000'],
    1,
    { 'who asks is served': 'violated' },
  ],
  ['to a promise without fairness', ['unfair.ts'], 1, { 'all are served': 'violated' }],
  [
    'to three buyers of one ticket',
    ['tickets.ts'],
    1,
    { 'a ticket is sold once': 'violated', [goesOn]: 'holds' },
  ],
  [
    'to two scenarios of one name',
    ['same.ts'],
    1,
    { 'n stays below 1': 'violated', 'n stays below 2': 'violated' },
  ],
  [
    'to a step with a thousand options',
    ['many-picks.ts', '--set', 'options=1000'],
    1,
    { 'the last one is not drawn': 'violated' },
  ],
  [
    'to a counter that only grows, which is open',
    ['ever-more.ts', '--max-states', '1000'],
    3,
    { 'never below zero': 'undecided', [goesOn]: 'undecided' },
  ],
  [
    'to time that only goes on, which is open',
    ['clock-as-number.ts', '--max-states', '1000'],
    3,
    { 'the queue stays short': 'undecided' },
  ],
  [
    'beside what a model prints while it is loaded',
    ['prints-at-once.ts'],
    1,
    { 'n stays below two': 'violated' },
  ],
  ['beside what a step prints', ['prints-in-a-step.ts'], 1, { 'n stays below two': 'violated' }],
];
