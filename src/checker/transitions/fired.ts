import type { Actor } from '../evaluate/actors.ts';
import type { Evaluated } from '../evaluate/evaluated.ts';

/** Records the labels and actions that were enabled somewhere. */
export class Fired {
  readonly #names = new Set<string>();
  /** By actor: the places in the model of its enabled steps. */
  readonly #at: (Set<string> | undefined)[] = [];

  /** Records an enabled step of actor number `index`. */
  note(index: number, actor: Actor, { flow, label, where }: Evaluated): void {
    // The text is made once for each place. For an action the actor counts, too.
    const at = this.#at[index] ?? new Set();
    if (at.has(where)) return;
    this.#at[index] = at.add(where);
    const owner = actor.kind === 'process' ? flow : actor.action.actor;
    this.#names.add(nameOf(actor.kind, owner, label));
  }

  /** The number of labels, actions and faults that were enabled somewhere. */
  get count(): number {
    return this.#names.size;
  }

  /** Whether a label of a flow, or an action or fault of an actor, was enabled somewhere. */
  has(kind: Actor['kind'], owner: string | undefined, label: string): boolean {
    return this.#names.has(nameOf(kind, owner, label));
  }
}

/** The kind keeps a flow, an actor and a fault of one name apart. */
function nameOf(kind: Actor['kind'], owner: string | undefined, label: string): string {
  return JSON.stringify([kind, owner, label]);
}
