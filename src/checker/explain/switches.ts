import type { Vector } from '../runs/stepper.ts';
import type { Move, Schedules } from './schedules.ts';

/** How often another actor goes on than the one before. */
export function switchesIn(moves: readonly Move[]): number {
  return moves.filter(({ actor }, i) => i > 0 && moves[i - 1]?.actor !== actor).length;
}

/** Actors with which a reordering begins: more are hardly worth their time. */
const startsMax = 4;

/**
 * The same steps in an order with fewer switches between actors, in which the property still fails
 * at the end. Found by letting each actor go on as long as the rest can follow, so that it need not
 * be the fewest of all orders.
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
 * Takes steps of one actor out of the rest as long as the rest can still follow, then goes on with
 * the next in line.
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
    // A wanted index is one of the rest, and 0 is one, too.
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
