import type { Vector } from '../runs/stepper.ts';
import type { Move, Schedules } from './schedules.ts';

/** How often the step of another actor follows the step of one. */
export function switchesIn(moves: readonly Move[]): number {
  return moves.filter(({ actor }, i) => i > 0 && moves[i - 1]?.actor !== actor).length;
}

/** The number of actors with which a reordering may begin; more are hardly worth their time. */
const startsMax = 4;

/**
 * The same steps in an order with fewer switches between actors, in which the property still fails
 * at the end. Each actor goes on as long as the rest can follow, so the order need not be the best
 * of all.
 */
export function fewerSwitches(schedules: Schedules, moves: readonly Move[]): readonly Move[] {
  const actors = [...new Set(moves.map(({ actor }) => actor))].slice(0, startsMax);
  const orders = actors.map((actor) => gathered(schedules, moves, actor));
  return orders.reduce(
    (best, order) => (switchesIn(order) < switchesIn(best) ? order : best),
    moves,
  );
}

/**
 * Takes steps of one actor from the rest as long as the others can still follow, then continues
 * with the next actor.
 */
function gathered(
  schedules: Schedules,
  moves: readonly Move[],
  first: string | undefined,
): readonly Move[] {
  const order: Move[] = [];
  let rest = [...moves];
  let state: Vector = schedules.init;
  let actor = first;
  while (rest.length > 0) {
    const wanted = rest.findIndex((move) => move.actor === actor);
    const index = wanted > 0 && !canLead(schedules, state, rest, wanted) ? 0 : Math.max(0, wanted);
    const [move] = rest.splice(index, 1);
    // The index is one of the rest, and 0 is valid, too.
    const [taken] = move === undefined ? [] : (schedules.follow(state, [move]) ?? []);
    if (move === undefined || taken === undefined) return moves;
    order.push(move);
    state = taken.after;
    actor = move.actor;
    rest = [...rest];
  }
  return order;
}

function canLead(
  schedules: Schedules,
  state: Vector,
  rest: readonly Move[],
  index: number,
): boolean {
  const others = rest.filter((_, i) => i !== index);
  return schedules.failsAfter(state, [...rest.slice(index, index + 1), ...others]);
}
