import { SpecError } from '../../spec/spec-error.ts';
import { type Actor, actorName } from '../evaluate/actors.ts';
import { subjectOf } from '../result/schedule-entry.ts';
import type { Machine } from '../transitions/machine.ts';
import type { Exchange, Members } from './members.ts';

/** Finds the actor that takes the place of another one after an exchange. */
export class SameActors {
  readonly #machine: Machine;
  readonly #members: Members;
  readonly #scenario: string;
  readonly #byKey = new Map<string, number>();
  #count = 0;

  constructor(machine: Machine, members: Members, scenario: string) {
    this.#machine = machine;
    this.#members = members;
    this.#scenario = scenario;
  }

  /** Throws a SpecError where an action or a fault has no counterpart. */
  after(actor: number, exchange: Exchange): number {
    const { actors } = this.#machine;
    for (; this.#count < actors.length; this.#count++) {
      this.#byKey.set(keyOf(actors[this.#count] as Actor), this.#count);
    }
    const who = actors[actor] as Actor;
    const key = keyOf(who, (name) => this.#members.rename(name, exchange));
    const found = this.#byKey.get(key);
    if (found !== undefined) return found;
    throw this.#missing(who, exchange);
  }

  /** Refuses actions and faults without a counterpart. */
  check(exchanges: readonly Exchange[]): void {
    for (let actor = 0; actor < this.#machine.actors.length; actor++) {
      for (const exchange of exchanges) {
        if (this.#machine.actors[actor]?.kind !== 'process') this.after(actor, exchange);
      }
    }
  }

  /** The members in whose name an actor acts. */
  membersOf(actor: number): readonly number[] {
    const who = this.#machine.actors[actor] as Actor;
    const names = who.kind === 'process' ? [who.pid] : [who.action.actor ?? '', who.action.name];
    return names.flatMap((name) => this.#members.partOf(name)?.member ?? []);
  }

  /** The same text for actors that exchanges turn into one another. */
  kindOf(actor: number): string {
    const who = this.#machine.actors[actor] as Actor;
    return keyOf(who, (name) => {
      const kind = this.#members.kindOf(name);
      return kind === undefined ? name : `@${kind}`;
    });
  }

  #missing(who: Actor, exchange: Exchange): SpecError {
    const { kind } = who;
    const name = who.kind === 'process' ? who.pid : who.action.name;
    const rename = (text: string) => this.#members.rename(text, exchange);
    const owner = who.kind === 'action' ? actorName(who) : undefined;
    const [one, other] = [
      subjectOf(owner, name),
      subjectOf(owner === undefined ? undefined : rename(owner), rename(name)),
    ];
    return new SpecError({
      what: `not symmetric: there is the ${kind} '${one}', but no ${kind} '${other}'`,
      where: `scenario '${this.#scenario}', symmetry`,
      mend: 'List for each member the names of its actions and faults that contain its name.',
    });
  }
}

function keyOf(actor: Actor, rename: (name: string) => string = (name) => name): string {
  if (actor.kind === 'process') return JSON.stringify(['process', rename(actor.pid)]);
  const { actor: owner, name } = actor.action;
  return JSON.stringify([actor.kind, owner === undefined ? null : rename(owner), rename(name)]);
}
