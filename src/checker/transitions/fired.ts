import type { Actor } from '../evaluate/actors.ts';
import type { Evaluated } from '../evaluate/evaluated.ts';

/** The labels and actions that were enabled somewhere. */
export class Fired {
  readonly #names = new Set<string>();
  /** By actor, where it has taken a step. */
  readonly #at: (Set<string> | undefined)[] = [];

  /** Takes note of a step that actor number `index` can take. */
  note(index: number, actor: Actor, { flow, label, where }: Evaluated): void {
    // The name is put together once: by where a step stands, and for an action by who acts.
    const at = this.#at[index] ?? new Set();
    if (at.has(where)) return;
    this.#at[index] = at.add(where);
    const owner = actor.kind === 'process' ? flow : actor.action.actor;
    this.#names.add(nameOf(actor.kind, owner, label));
  }

  /** Whether a label of a flow, or an action or a fault of an actor, was enabled somewhere. */
  has(kind: Actor['kind'], owner: string | undefined, label: string): boolean {
    return this.#names.has(nameOf(kind, owner, label));
  }
}

/** The kinds keep apart a flow, an actor and a fault of one name. */
function nameOf(kind: Actor['kind'], owner: string | undefined, label: string): string {
  return JSON.stringify([kind, owner, label]);
}
