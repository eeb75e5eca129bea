import type { FoundBy, PctBound, Simulated } from '../checker/result/simulated.ts';
import { WITHIN } from './constraint-text.ts';
import { count, number } from './figures.ts';
import type { TextStyle } from './text-style.ts';
import { hanging } from './text-width.ts';
import { printable } from './value-text.ts';

/** Discovery has flattened where the last quarter finds this share of what the first one finds. */
const flatShare = 0.01;

/**
 * The lines below the verdicts of a simulation: what it did, and how much it saw. `statesOutside`
 * of its states were not expanded.
 */
export function simulatedLines(
  simulated: Simulated,
  statesOutside: number,
  took: string,
  look: TextStyle,
): string[] {
  const { runs, steps, strategy, seed, runsCut, depthMax, longestRun, pct, found } = simulated;
  const { parts = 1 } = simulated;
  const lines: string[] = [];
  const say = (head: string, text: string, paint = look.paint.dim): void => {
    lines.push(...hanging(head, text, look.width).map(paint));
  };
  for (const [name, by] of Object.entries(found)) {
    say('  found: ', `'${printable(name)}' ${foundText(by, statesOutside)}`);
  }
  const length = `the longest has ${count(longestRun, 'step')}`;
  say(
    '  ',
    `${count(runs, 'run')} (${strategy}, seed ${seed}), ${count(steps, 'step')}${took}; ${length}`,
  );
  if (runsCut > 0) {
    const which = runsCut === runs ? 'every run was' : `${number(runsCut)} of them were`;
    say('  cut: ', `${which} cut at ${count(depthMax, 'step')} (--depth)`, look.paint.warn);
  }
  if (pct !== undefined) for (const text of pctTexts(pct)) say('  pct: ', text);
  else if (strategy === 'pct') say('  pct: ', noPct, look.paint.warn);
  if (parts > 1) say('  forgot: ', forgotText(parts), look.paint.warn);
  lines.push(...coverageLines(simulated, look));
  return lines;
}

/** What is said of the states of a simulation that had no room for all of them. */
const forgotText = (parts: number): string =>
  `all kept states, ${count(parts - 1, 'time')}, to make room (--max-states); the states below are those of the first time, and a loop is seen only where the states of one time close it`;

/** How a violation was found, and what is known of the length of its counterexample. */
function foundText(
  { run, steps = 0, causal = steps, minimal }: FoundBy,
  statesOutside: number,
): string {
  if (run === undefined) return 'in the graph of the steps that all runs saw';
  const where =
    run === 0 ? 'in an initial state' : `by run ${number(run)} after ${count(steps, 'step')}`;
  const past = causal < steps ? `; ${number(causal)} are left of its causal past` : '';
  switch (minimal) {
    case 'shortest':
      return `${where}${past}; no counterexample${statesOutside > 0 ? ` ${WITHIN}` : ''} is shorter than the one above`;
    case 'locally':
      return `${where}${past}; the one above is locally minimal: each of its steps is needed, and a shorter one may exist`;
    case 'no':
      return `${where}${past}; a shorter counterexample may exist`;
  }
}

const noPct =
  'every run was one of the 100 random ones that measure how long runs are; priorities come after';

function pctTexts({ depth, actors, steps, probability, runs, runsLonger }: PctBound): string[] {
  const one = number(Math.round(1 / probability));
  const missed = (1 - probability) ** runs;
  const which = `within ${count(steps, 'step')} of these ${count(actors, 'actor')}`;
  const base = `a run finds a violation ${which} that the order of ${depth} of the steps decides with a probability of at least 1 in ${one}, if it needs no fault, no pick and no choice among steps of one actor`;
  const texts = [`${base}; all ${number(runs)} runs miss it with at most ${percent(missed)}`];
  if (runsLonger > 0) {
    texts.push(
      `${count(runsLonger, 'run')} had more than ${count(steps, 'step')}: of violations that need more than that, or other actors, nothing is said`,
    );
  }
  return texts;
}

function coverageLines({ coverage }: Simulated, look: TextStyle): string[] {
  const { visited, judged, transitions, labels, labelsKnown, exact, atLeast, rarest } = coverage;
  const { dim, warn } = look.paint;
  const of = (seen: number, all: number | undefined, noun: string): string =>
    all === undefined ? `${count(seen, noun)}` : `${number(seen)} of ${count(all, noun)}`;
  const seen = [
    of(judged, exact?.states, 'state'),
    of(transitions, exact?.transitions, 'transition'),
    of(labels, exact?.labels ?? labelsKnown, exact === undefined ? 'declared label' : 'label'),
  ].join(', ');
  const went =
    visited < judged ? `; runs visited ${number(visited)}, the others are successors` : '';
  const lines = hanging('  saw: ', `${seen}${went}`, look.width).map(dim);
  const say = (head: string, text: string, paint = warn): void => {
    lines.push(...hanging(head, text, look.width).map(paint));
  };
  if (exact === undefined && atLeast !== undefined) {
    say(
      '  ',
      `at least ${number(atLeast.states)} states exist: a lower bound, not an estimate of all`,
    );
  } else if (exact !== undefined) {
    const { missed } = exact;
    if (missed.length > 0) {
      const names = missed.map((name) => `'${printable(name)}'`).join(', ');
      say('  missed: ', `an exhaustive search violates ${names}, and no run did`);
    }
  }
  if (judged !== exact?.states) say('  ', discoveryText(coverage.discovery), dim);
  if (rarest.length > 0) {
    const each = rarest.map(({ label, times }) => `${printable(label)} ${number(times)} times`);
    say('  rare: ', each.join(', '));
  }
  return lines;
}

function discoveryText([first, , , last]: Simulated['coverage']['discovery']): string {
  const rate = (share: number): string =>
    share === 0 ? 'no new state' : `a new state every ${count(Math.round(1 / share), 'step')}`;
  const isFlat = last <= flatShare * first;
  const words = isFlat ? 'discovery has flattened' : 'discovery goes on';
  const limit = isFlat ? ', which does not show that nothing is left' : '';
  return `${words}: ${rate(first)} in the first quarter, ${rate(last)} in the last${limit}`;
}

function percent(share: number): string {
  const value = 100 * share;
  return value < 0.001 ? '0.001 %' : `${Number(value.toPrecision(2))} %`;
}
