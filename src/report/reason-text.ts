import type { RaceKind } from '../checker/explain/pairs.ts';
import type { Reason } from '../checker/explain/reason.ts';
import type { Runs, RunsMeant, StepTime } from '../checker/explain/run-set.ts';
import type { Trace } from '../checker/result/result.ts';
import type { ReasonRecord } from './document.ts';

/**
 * A reason in two forms: short for a reader, and exact for one who doubts it. Steps count from 1.
 */
export function reasonRecord(reason: Reason, trace: Trace): ReasonRecord {
  const { runs, steps } = reason;
  const { meant, only, begins } = runs;
  const kind = meant === undefined ? 'schedule' : meant.kind;
  return {
    kind,
    steps: steps.map((step) => step + 1),
    text: [...factOf(reason, trace), claimOf(reason, trace)].join('; '),
    meaning: meaningOf(runs),
    ...(only === undefined ? {} : { only }),
    ...(begins === undefined ? {} : { begins: begins.schedule }),
  };
}

/** `detach1.count (step 2) read attachments.a1 before attach1.create (step 4) changed it` */
function factOf({ race, steps: [first = 0, second = 0] }: Reason, { schedule }: Trace): string[] {
  if (race === undefined) return [];
  const named = (step: number): string => `${schedule[step] ?? ''} (step ${step + 1})`;
  const what = race.slots.join(' and ');
  const it = race.slots.length === 1 ? 'it' : 'them';
  const facts: { readonly [kind in RaceKind]: string } = {
    stale_read: `${named(first)} read ${what} before ${named(second)} changed ${it}`,
    overwrite: `${named(first)} changed ${what} before ${named(second)} did`,
    early_read: `${named(first)} changed ${what} before ${named(second)} read ${it}`,
  };
  return [facts[race.kind]];
}

/** The claim that was decided. It names steps of the counterexample by number. */
function claimOf(reason: Reason, trace: Trace): string {
  const { runs } = reason;
  const { meant, begins } = runs;
  if (begins !== undefined) return continuationText(reason, trace);
  if (meant === undefined) return '';
  return `in every run${aloneText(runs)} ${shortly(meant, reason)}, the property holds`;
}

function continuationText({ runs, steps, moved = [] }: Reason, { schedule }: Trace): string {
  const { meant, begins } = runs;
  const [first = 0] = steps;
  if (meant?.kind === 'without') {
    const start = first === 0 ? 'from its first state' : `after ${stepsText(range(first))}`;
    return `${start} every continuation without ${meant.entries.join(' and ')} (step ${first + 1}) satisfies the property`;
  }
  if (moved.length > 0) {
    return `with ${stepsText(moved)} moved before step ${first + 1}, no continuation violates the property`;
  }
  const instead = begins?.schedule.at(-1) ?? '';
  return `with ${instead} in place of ${schedule[first] ?? ''} (step ${first + 1}), no continuation violates the property`;
}

function shortly(meant: RunsMeant, { steps: [first = 0, second = 0] }: Reason): string {
  switch (meant.kind) {
    case 'order':
      return `with step ${second + 1} before step ${first + 1}`;
    case 'without':
      return `without ${entriesText(meant.entries)} (step ${first + 1})`;
    case 'no_fault':
      return 'without a fault';
    case 'apart':
      return `in which ${meant.operations.join(' and ')} do not overlap`;
    case 'after':
      return `in which ${meant.second} begins once ${meant.first} is done`;
  }
}

function aloneText({ only }: Runs): string {
  if (only === undefined) return '';
  const last = only.at(-1) ?? '';
  return only.length === 1
    ? ` of ${last} alone`
    : ` of ${only.slice(0, -1).join(', ')} and ${last} alone`;
}

/** Exactly which runs were searched. */
function meaningOf({ meant, only, begins }: Runs): string {
  const which = [
    ...(begins === undefined
      ? ['from every initial state of the scenario']
      : [
          `from initial state ${begins.init} (the first is 0), that begin with the steps of 'begins'`,
        ]),
    ...(only === undefined ? [] : [`in which only ${only.join(', ')} take steps`]),
    ...(meant === undefined ? [] : [exactly(meant, begins !== undefined)]),
  ];
  return `All runs, of any length, ${which.join(', ')}: each of them was searched, and the property fails in none.`;
}

function exactly(meant: RunsMeant, isContinued: boolean): string {
  const after = isContinued ? ' after them' : '';
  switch (meant.kind) {
    case 'order':
      return `in which ${timeText(meant.earlier)} comes before ${timeText(meant.later)}, or is taken while that one never is`;
    case 'without':
      return `that do not take ${meant.entries.join(' or ')}${after}`;
    case 'no_fault':
      return `that take no fault${after}`;
    case 'apart':
      return `in which neither of ${meant.operations.join(' and ')} takes a step while the other has begun and is not done`;
    case 'after':
      return `in which ${meant.second} takes a step only where ${meant.first} is done`;
  }
}

function timeText({ name, nth }: StepTime): string {
  return nth === 1 ? `the first ${name}` : `${name} number ${nth}`;
}

/** The largest number of entries that are named. */
const namedMax = 3;

function entriesText(entries: readonly string[]): string {
  const named = entries.slice(0, namedMax);
  const more = entries.length - named.length;
  const all = more > 0 ? [...named, `${more} like it`] : named;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, i) => i);
}

/** `steps 2 to 4 and 7`, from indices in ascending order. */
function stepsText(steps: readonly number[]): string {
  const groups: [from: number, to: number][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last !== undefined && last[1] === step) last[1] = step + 1;
    else groups.push([step + 1, step + 1]);
  }
  const texts = groups.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  const isOne = steps.length === 1;
  const all =
    texts.length === 1 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
  return `${isOne ? 'step' : 'steps'} ${all}`;
}
