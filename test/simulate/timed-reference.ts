/**
 * Small timed systems, and what an interpreter that shares nothing with the simulation says of
 * them: requests take steps that wait for bits and write them.
 */
import { type Basis, exponential, type Scenario, spec } from '../../src/index.ts';

/** A step waits until a bit has a value, if `bit` is below 3, and writes another bit. */
export interface TimedStep {
  readonly bit: number;
  readonly value: boolean;
  readonly writes: number;
  readonly as: boolean;
  /** Seconds on average. */
  readonly mean: number;
}

/** By process, its steps; and the bits of which never all may be set. */
export interface TimedModel {
  readonly steps: readonly (readonly TimedStep[])[];
  readonly forbidden: readonly boolean[];
}

const basis: Basis = { assumed: 'for a test' };
const bits = spec<{ bits: boolean[] }>();
const BITS = 3;

const mayGo = ({ bit, value }: TimedStep, set: readonly boolean[]): boolean =>
  bit >= BITS || set[bit] === value;
const isForbidden = ({ forbidden }: TimedModel, set: readonly boolean[]): boolean =>
  forbidden.every((is, i) => !is || set[i] === true);

export function timedScenario(model: TimedModel): Scenario {
  const flows = model.steps.map((steps, p) =>
    bits.flow({
      name: `f${p}`,
      steps: Object.fromEntries(
        steps.map((step, i) => [
          `s${i}`,
          {
            when: (state: { readonly bits: readonly boolean[] }) => mayGo(step, state.bits),
            do(state: { bits: boolean[] }) {
              state.bits[step.writes] = step.as;
            },
          },
        ]),
      ),
    }),
  );
  return bits.scenario({
    name: 'timed',
    about: 'Requests that wait for one another.',
    system: () => ({
      init: () => ({ bits: [false, false, false] }),
      processes: Object.fromEntries(flows.map((flow, p) => [`p${p}`, flow.start()])),
      properties: [bits.never('all are set', (state) => isForbidden(model, state.bits))],
    }),
    durations: Object.fromEntries(
      model.steps.flatMap((steps, p) =>
        steps.map(({ mean }, i) => [`f${p}.s${i}`, exponential(mean, basis)] as const),
      ),
    ),
  });
}

/** Per process, -1 before its request, then the number of its next step; and the bits. */
interface Here {
  readonly at: readonly number[];
  readonly set: readonly boolean[];
}

/** The expected violations, requests and stuck rounds of one round that begins here. */
interface Expected {
  readonly violated: number;
  readonly requests: number;
  readonly stuck: number;
}

/** Processes only go forwards, so that the means follow by recursion. */
export function expectedRound(model: TimedModel, perHour: number): Expected {
  const arrivals = perHour / 3600 / model.steps.length;
  const known = new Map<string, Expected>();
  const from = (here: Here, isStart: boolean): Expected => {
    const key = JSON.stringify(here);
    const before = known.get(key);
    if (before !== undefined) return before;
    const ways = waysOf(model, here, arrivals);
    const isOpen = here.at.some((at, p) => at >= 0 && at < (model.steps[p]?.length ?? 0));
    const goesOn = ways.some(({ isRequest }) => !isRequest);
    const violated = isForbidden(model, here.set) ? 1 : 0;
    const ends = !isStart && !goesOn && (!isOpen || ways.length === 0);
    const mean = ends ? { violated, requests: 0, stuck: isOpen ? 1 : 0 } : meanOf(ways, violated);
    known.set(key, mean);
    return mean;
  };
  const meanOf = (ways: readonly Way[], violated: number): Expected => {
    const all = ways.reduce((sum, { rate }) => sum + rate, 0);
    const next = ways.map((way) => ({ ...way, after: from(way.to, false), share: way.rate / all }));
    const sum = (of: (way: (typeof next)[number]) => number): number =>
      next.reduce((total, way) => total + way.share * of(way), 0);
    return {
      violated: violated === 1 ? 1 : sum(({ after }) => after.violated),
      requests: sum(({ after, isRequest }) => after.requests + (isRequest ? 1 : 0)),
      stuck: sum(({ after }) => after.stuck),
    };
  };
  return from({ at: model.steps.map(() => -1), set: [false, false, false] }, true);
}

interface Way {
  readonly rate: number;
  readonly isRequest: boolean;
  readonly to: Here;
}

function waysOf({ steps }: TimedModel, { at, set }: Here, arrivals: number): readonly Way[] {
  return at.flatMap((place, p): readonly Way[] => {
    const moved = at.map((other, q) => (q === p ? place + 1 : other));
    if (place < 0) return [{ rate: arrivals, isRequest: true, to: { at: moved, set } }];
    const step = steps[p]?.[place];
    if (step === undefined || !mayGo(step, set)) return [];
    const after = set.map((is, i) => (i === step.writes ? step.as : is));
    return [{ rate: 1 / step.mean, isRequest: false, to: { at: moved, set: after } }];
  });
}
