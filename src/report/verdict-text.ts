import type { Result, Verdict } from '../checker/result/result.ts';
import { number } from './figures.ts';
import type { TextStyle } from './text-style.ts';
import { hanging, pad } from './text-width.ts';

/**
 * One line for each result of a run over many: whether it is as expected, the verdict, the states,
 * the point.
 */
export function verdictLines(
  result: Result,
  name: string,
  point: string,
  look: TextStyle,
  cached: true | undefined = undefined,
): string[] {
  const { paint } = look;
  const [mark, emphasise] = {
    true: ['✓', paint.good] as const,
    false: ['✗', paint.bad] as const,
    undefined: ['?', paint.warn] as const,
  }[`${result.asExpected}`];
  const states = pad(number(result.states), 9, 'left');
  const isExpected = result.verdict === 'violated' && result.asExpected === true;
  const remarks = [
    ...(isExpected ? ['(expected)'] : []),
    ...(result.verdict === 'holds' && (result.ledger.statesOutside ?? 0) > 0
      ? ['(within\u00a0the\u00a0constraint)']
      : []),
    ...(cached ? ['(from\u00a0the\u00a0cache)'] : []),
  ];
  const counted = result.ledger.symmetry === 'none' ? 'states' : 'orbits';
  const head = `${mark} ${pad(result.verdict, 9)} ${states} ${counted}  `;
  const [first = '', ...rest] = hanging(head, [name, point, ...remarks].join(' '), look.width);
  return [emphasise(mark) + first.slice(1), ...rest];
}

/** The line of a check without a result. The error is printed elsewhere. */
export function brokenLines(name: string, point: string, look: TextStyle): string[] {
  const [first = '', ...rest] = hanging(`✗ ${pad('broken', 27)}  `, `${name} ${point}`, look.width);
  return [look.paint.bad('✗') + first.slice(1), ...rest];
}

/** The last line of a run over several checks: `2 checks: 1 holds, 1 violated; all as expected`. */
export function totalLine(results: readonly Result[], asked: number, broken: number): string {
  const amount = (test: (result: Result) => boolean): number => results.filter(test).length;
  const verdicts = (['holds', 'violated', 'undecided'] as const satisfies readonly Verdict[])
    .map((verdict) => [amount((result) => result.verdict === verdict), verdict] as const)
    .filter(([n]) => n > 0)
    .map(([n, verdict]) => `${number(n)} ${verdict}`);
  if (broken > 0) verdicts.push(`${number(broken)} broken`);
  const open = asked - results.length - broken;
  if (open > 0) verdicts.push(`${number(open)} not begun`);
  const compared = results.length === 0 ? '' : `; ${comparison(results)}`;
  return `${number(asked)} checks: ${verdicts.join(', ')}${compared}`;
}

function comparison(results: readonly Result[]): string {
  const amount = (value: boolean | undefined): number =>
    results.filter(({ asExpected }) => asExpected === value).length;
  const [met, missed, unstated] = [amount(true), amount(false), amount(undefined)];
  if (missed > 0) return `${number(missed)} NOT as expected`;
  if (unstated === 0) return 'all as expected';
  return met === 0
    ? 'no expectations stated'
    : `${number(met)} as expected, ${number(unstated)} without a stated expectation`;
}
