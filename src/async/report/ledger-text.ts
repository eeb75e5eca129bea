import type { Exploration, OrdersLedger } from '../exploration.ts';

const count = (number: number, one: string, several = `${one}s`): string =>
  `${number.toLocaleString('en-US')} ${number === 1 ? one : several}`;

/** What an exploration rests on, one fact a line. */
export function ledgerLines({
  ledger,
  failing,
}: Pick<Exploration, 'ledger' | 'failing'>): string[] {
  const { schedules, longest, pruned, shrinking } = ledger;
  const given = pruned === 0 ? '' : `, ${count(pruned, 'more')} given up as covered`;
  const again = shrinking === 0 ? '' : `, ${shrinking} to make the failing one simpler`;
  return [
    `${count(schedules, 'schedule')} of at most ${count(longest, 'step')}${given}${again}`,
    coverage(ledger, failing.length > 0),
    ...(failing.length > 0 && ledger.compared === 0 ? [] : comparedText(ledger)),
    faultsText(ledger),
    ...boundsText(ledger),
    'what is not wrapped was looked for in the first schedule and in failing ones',
  ];
}

/** Keys are what the test says. What was done to find a missing one, and what that cannot find. */
function comparedText({ isReduced, compared, notCompared, mixed }: OrdersLedger): string[] {
  if (!isReduced) return [];
  const all = notCompared === 0 ? '' : ` of ${(compared + notCompared).toLocaleString('en-US')}`;
  return [
    `keys are trusted: tried were ${count(compared, 'pair')}${all} of steps without a common key`,
    `in both orders, and ${count(mixed, 'schedule')} with such steps mixed; the answers were the same`,
    'a variable that tasks share, that no key names and no answer shows, may hide a failure',
  ];
}

function coverage(
  { orders, isComplete, isReduced, goesOn }: OrdersLedger,
  hasFailed: boolean,
): string {
  if (isComplete) {
    return isReduced
      ? 'every order was covered; orders that differ only in steps without a common key count as one'
      : 'every order was run';
  }
  if (hasFailed && !goesOn) return `asked for: ${orders}; the exploration ended at a failure`;
  return `asked for: ${orders}; other orders were not run`;
}

/** What the schedules leave out. */
function boundsText({ ticks, open, stopped }: OrdersLedger): string[] {
  const lines: string[] = [];
  if (ticks !== null) {
    lines.push(
      `timers of one name fired at most ${ticks} × while another step was possible than those`,
    );
  }
  if (open.length > 0) {
    lines.push(
      `the body did not always wait for ${open.join(', ')}: what they do after its end was not run`,
    );
  }
  if (stopped !== undefined) lines.push(`the exploration was ended by an error: ${stopped}`);
  return lines;
}

function faultsText({ faults }: OrdersLedger): string {
  const budgets = Object.entries(faults).map(([fault, times]) => `${fault} at most ${times} ×`);
  return budgets.length === 0
    ? 'no call failed, was lost or aborted: no fault has a budget'
    : `in one schedule: ${budgets.join(', ')}`;
}
