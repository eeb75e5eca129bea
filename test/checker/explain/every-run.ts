/**
 * Sets of runs, judged run by run from the definition of each set. It shares nothing with the
 * checker but the description of the sets: the interpreter makes the states, and a run is kept as
 * the list of those of its steps that the description speaks of.
 */
import type { Runs, RunsMeant, StepTime } from '../../../src/checker/explain/run-set.ts';
import type { AnySystem } from '../../../src/spec/system.ts';
import { evaluateStep } from '../evaluate-body.ts';
import { type Done, Interpreter, type World } from '../interpreter.ts';
import { canonical } from '../reference.ts';

/** A step of the graph. */
export interface Move {
  readonly action: Done;
  readonly word: string;
  /** `p0.s1`: the word without picks. */
  readonly name: string;
  readonly to: number;
  /** The operations of which a process is not done where it is taken. */
  readonly open: readonly string[];
  /** The properties that fail in it. */
  readonly fails: readonly string[];
}

/** All states of a system and all steps between them. */
export interface Whole {
  /** In the order in which the system lists them. */
  readonly initial: readonly number[];
  /** The properties that fail in each state; 'deadlock' where no end can be reached any more. */
  readonly fails: readonly (readonly string[])[];
  readonly moves: readonly (readonly Move[])[];
}

/** The whole of a system; undefined when it has more than `statesMax` states. */
export function wholeOf(system: AnySystem, statesMax: number): Whole | undefined {
  const ofStates = (system.properties ?? []).filter(({ kind }) => kind !== 'step');
  const model = new Interpreter({ ...system, properties: ofStates });
  const keys: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (world: World): number => {
    const key = canonical(world);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, keys.length);
    return keys.push(key) - 1;
  };
  const initial = model.init().map(numberOf);
  const moves: (readonly Move[])[] = [];
  const fails: (readonly string[])[] = [];
  const isEnd: boolean[] = [];
  for (let state = 0; state < keys.length; state++) {
    if (keys.length > statesMax) return undefined;
    const world = JSON.parse(keys[state] ?? '') as World;
    fails.push(model.decides(world));
    isEnd.push(model.isFinal(world));
    moves.push(
      model.actions(world).map(({ action, picks, after }) => ({
        action,
        ...scheduleOf(action, picks),
        to: numberOf(after),
        open: Object.entries(world.processes).flatMap(([pid, { at }]) =>
          at === 'done' ? [] : [pid.split('/')[0] ?? ''],
        ),
        fails: failingStep(system, world, action, after),
      })),
    );
  }
  const hasEnds = typeof system.final === 'function' || isEnd.includes(true);
  const lost = hasEnds ? lostStates(moves, isEnd) : stuckStates(moves, isEnd);
  return {
    initial,
    fails: fails.map((names, state) => (lost[state] ? [...names, 'deadlock'] : names)),
    moves,
  };
}

const isOwn = ({ action }: Move): boolean => action.kind !== 'fault';

const stuckStates = (moves: readonly (readonly Move[])[], isEnd: readonly boolean[]) =>
  moves.map((onward, state) => !isEnd[state] && !onward.some(isOwn));

/** From the definition: no sequence of steps without a fault leads from the state to an end. */
function lostStates(moves: readonly (readonly Move[])[], isEnd: readonly boolean[]) {
  return moves.map((_, start) => {
    const met = new Set([start]);
    for (const state of met) {
      for (const { to } of (moves[state] ?? []).filter(isOwn)) met.add(to);
    }
    return ![...met].some((state) => isEnd[state]);
  });
}

function scheduleOf({ actor, label }: Done, picks: readonly (readonly [string, unknown])[]) {
  const name = actor === undefined ? label : `${actor}.${label}`;
  const picked = picks.map(([pick, value]) => `${pick}=${String(value)}`).join(',');
  return { name, word: picked === '' ? name : `${name}[${picked}]` };
}

function failingStep(system: AnySystem, before: World, action: Done, after: World): string[] {
  return (system.properties ?? []).flatMap((property) => {
    if (property.kind !== 'step') return [];
    const holds = evaluateStep(property.holds, { before, action: { ...action, picks: {} }, after });
    return holds ? [] : [property.name];
  });
}

const operationOf = ({ action, name }: Move): string =>
  action.kind === 'process' ? ((action.actor ?? '').split('/')[0] ?? '') : name;

const agentOf = ({ action, name }: Move): string =>
  action.kind === 'process' ? `process ${action.actor}` : `${action.kind} ${name}`;

const isTime = (move: Move, { name, agent }: StepTime): boolean =>
  move.name === name && agentOf(move) === agent;

/** The claim of a set of runs about a step; nothing for most. */
function tokensOf({ meant, only }: Runs, move: Move): string[] {
  const isOther = only !== undefined && !only.includes(operationOf(move));
  return [
    ...(isOther ? ['outsider'] : []),
    ...(meant === undefined ? [] : meantTokens(meant, move)),
  ];
}

function meantTokens(meant: RunsMeant, move: Move): string[] {
  switch (meant.kind) {
    case 'order':
      return [
        ...(isTime(move, meant.earlier) ? ['earlier'] : []),
        ...(isTime(move, meant.later) ? ['later'] : []),
      ];
    case 'without':
      return meant.entries.includes(move.word) ? ['unwanted'] : [];
    case 'no_fault':
      return move.action.kind === 'fault' ? ['unwanted'] : [];
    case 'apart':
      return stepOf(meant.operations, move);
    case 'after':
      return stepOf([meant.first, meant.second], move);
  }
}

/** Whose step it is, and whether the other one is done there. */
function stepOf([one, other]: readonly [string, string], move: Move): string[] {
  const operation = operationOf(move);
  if (operation === one) return [move.open.includes(other) ? 'one' : 'one, other done'];
  if (operation === other) return [move.open.includes(one) ? 'other' : 'other, one done'];
  return [];
}

/** Whether the run of which these are the tokens, one after the other, is in the set. */
function isMember({ meant }: Runs, tokens: readonly string[]): boolean {
  if (tokens.includes('outsider') || tokens.includes('unwanted')) return false;
  switch (meant?.kind) {
    case 'order': {
      const earlier = placeOf(tokens, 'earlier', meant.earlier.nth);
      const later = placeOf(tokens, 'later', meant.later.nth);
      return earlier !== undefined && (later === undefined || earlier < later);
    }
    case 'apart': {
      const isWithin = (token: string, other: string): boolean => {
        const begun = tokens.findIndex((each) => each.startsWith(other));
        return begun >= 0 && tokens.slice(begun).includes(token);
      };
      return !isWithin('one', 'other') && !isWithin('other', 'one');
    }
    case 'after':
      return !tokens.includes('other');
    default:
      return true;
  }
}

function placeOf(tokens: readonly string[], token: string, nth: number): number | undefined {
  const places = tokens.flatMap((each, i) => (each === token ? [i] : []));
  return places[nth - 1];
}

/**
 * Of a list that grows for ever only so much is kept that membership can still be told: the first
 * two and the last of each kind, as no set asks for more than two times of a step. A run that is
 * not in the set and cannot come into it is an outsider.
 */
function kept(runs: Runs, tokens: readonly string[]): readonly string[] {
  if (runs.meant?.kind !== 'order' && !isMember(runs, tokens)) return ['outsider'];
  return tokens.filter((token, i) => {
    const isLast = !tokens.slice(i + 1).includes(token);
    return isLast || tokens.slice(0, i).filter((each) => each === token).length < 2;
  });
}

interface Place {
  readonly state: number;
  /** By set: its claim about the steps so far. */
  readonly tokens: readonly (readonly string[])[];
  readonly failed: boolean;
}

/**
 * Every run of the first of these sets, at each of its ends: whether it is in each set, and whether
 * the property has failed.
 */
function* runsIn(
  { initial, fails, moves }: Whole,
  sets: readonly Runs[],
  property: string,
): Iterable<{ readonly members: readonly boolean[]; readonly failed: boolean }> {
  const [set] = sets;
  const failsAt = (state: number): boolean => fails[state]?.includes(property) === true;
  const after = (place: Place, move: Move, isPrefix: boolean): Place => ({
    state: move.to,
    // What a run begins with is no part of what is asked of the first set.
    tokens: place.tokens.map((tokens, i) =>
      isPrefix && i === 0
        ? tokens
        : kept(sets[i] as Runs, [...tokens, ...tokensOf(sets[i] as Runs, move)]),
    ),
    failed: place.failed || failsAt(move.to) || move.fails.includes(property),
  });
  const begin = (state: number): Place => ({
    state,
    tokens: sets.map(() => []),
    failed: failsAt(state),
  });
  const { begins } = set as Runs;
  const waiting: Place[] = [];
  if (begins === undefined) waiting.push(...initial.map(begin));
  else {
    let place: Place | undefined = begin(initial[begins.init] ?? -1);
    for (const word of begins.schedule) {
      const move: Move | undefined =
        place && moves[place.state]?.find((each) => each.word === word);
      place = place && move && after(place, move, true);
    }
    if (place !== undefined) waiting.push(place);
  }
  const met = new Set<string>();
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const key = JSON.stringify(place);
    if (met.has(key)) continue;
    met.add(key);
    const { tokens, failed } = place;
    yield { members: sets.map((each, i) => isMember(each, tokens[i] ?? [])), failed };
    for (const move of moves[place.state] ?? []) waiting.push(after(place, move, false));
  }
}

/** Whether the property holds in every run of a set; and whether the set has a run. */
export function everyRun(
  whole: Whole,
  runs: Runs,
  property: string,
): { readonly holds: boolean; readonly isEmpty: boolean } {
  let holds = true;
  let isEmpty = true;
  for (const { members, failed } of runsIn(whole, [runs], property)) {
    if (members[0] !== true) continue;
    isEmpty = false;
    if (failed) holds = false;
  }
  return { holds, isEmpty };
}

/** Whether every run of the first set is in the second. */
export function isWithin(whole: Whole, runs: Runs, other: Runs): boolean {
  for (const { members } of runsIn(whole, [runs, other], '')) {
    if (members[0] === true && members[1] !== true) return false;
  }
  return true;
}
