import type { AnyBody, AnyEvery } from '../spec/property.ts';
import { SpecError } from '../spec/spec-error.ts';
import { requireBoolean } from './evaluate.ts';
import type { Field, Slots } from './slots.ts';
import type { Tracker } from './tracker.ts';
import type { Views } from './views.ts';

/** One test on a state, with the words that say which part of its property it is. */
export interface ClauseBody {
  /** Names of the parts on the way to it and the entry that it asks about; undefined for a property without parts. */
  readonly part: string | undefined;
  readonly body: (views: Views, tracker: Tracker) => unknown;
  /** A slot that the body reads first. */
  readonly slot: number | undefined;
  /** For a premise: true as soon as it holds somewhere; it decides nothing. */
  readonly isPremise: boolean;
}

/** A quantifier over a table, to be applied to every entry that there is or will be. */
export interface Quantified {
  readonly field: Field;
  readonly path: readonly string[];
  readonly every: AnyEvery;
}

export interface FlatBody {
  readonly clauses: readonly ClauseBody[];
  readonly quantified: readonly Quantified[];
}

/** Takes a property apart. Throws a SpecError when it asks about a table that the state does not have. */
export function flatten(
  body: AnyBody,
  slots: Slots,
  property: string,
  path: readonly string[] = [],
): FlatBody {
  if (typeof body === 'function') {
    const clause = plain(path, ({ state, processes }) => body(state, processes));
    return { clauses: [clause], quantified: [] };
  }
  switch (body.kind) {
    case 'given': {
      const { premise, conclusion } = body;
      const asks = ({ state, processes }: Views) =>
        !requireBoolean(premise(state, processes)) || conclusion(state, processes);
      const holds = ({ state, processes }: Views) => premise(state, processes);
      return {
        clauses: [plain(path, asks), { ...plain(path, holds), isPremise: true }],
        quantified: [],
      };
    }
    case 'parts': {
      const parts = Object.entries(body.parts).map(([name, part]) =>
        flatten(part, slots, property, [...path, name]),
      );
      return {
        clauses: parts.flatMap((part) => part.clauses),
        quantified: parts.flatMap((part) => part.quantified),
      };
    }
    case 'every':
    case 'some': {
      const field = tableNamed(slots, body.table, property);
      const quantified = { field, every: body, path };
      const entries = [...field.slots.values()].map((slot) => entryClause(quantified, slot, slots));
      return { clauses: entries, quantified: [quantified] };
    }
  }
}

/** The clause for one entry of a quantified table. An entry that is absent fails nothing and satisfies nothing. */
export function entryClause({ every, path }: Quantified, slot: number, slots: Slots): ClauseBody {
  const id = slots.idOf[slot] as string;
  const words = [...path, ...(every.part === undefined ? [] : [every.part])];
  const name = slots.nameOf(slot);
  return {
    part: words.length === 0 ? name : `${words.join(': ')} (${name})`,
    slot,
    isPremise: false,
    body: ({ state, processes }, tracker) => {
      const entry = tracker.get(slot);
      if (entry === undefined) return every.kind === 'every';
      return every.test(entry, id, state, processes);
    },
  };
}

/** The table of that name. Throws a SpecError that says which property asks for it and what there is. */
export function tableNamed(slots: Slots, name: string, property: string): Field {
  const field = slots.fields.get(name);
  if (field?.kind === 'table') return field;
  const tables = [...slots.fields.values()].filter(
    (other) => other.kind === 'table' && !other.name.startsWith('#'),
  );
  throw new SpecError({
    what: `it asks about the entries of '${name}', which is not a table`,
    where: `property '${property}'`,
    mend: `The tables are ${tables.map((table) => `'${table.name}'`).join(', ') || 'none'}: fields that are records by id in the initial state.`,
  });
}

function plain(path: readonly string[], body: (views: Views) => unknown): ClauseBody {
  const part = path.length === 0 ? undefined : path.join(': ');
  return { part, body, slot: undefined, isPremise: false };
}
