import type { ProcessTable } from '../../src/index.ts';
import type { AnyBody, AnyProperty, StateProperty } from '../../src/spec/property.ts';

/** Narrows to the properties that one state decides. Throws for those about steps and whole runs. */
export function stateProperty(property: AnyProperty): StateProperty {
  if ('body' in property) return property;
  throw new Error(`'${property.name}' is not about single states`);
}

/** The value of a property's body in one state, without the checker's views and memo. */
export function evaluateBody(body: AnyBody, state: object, processes: ProcessTable): boolean {
  if (typeof body === 'function') return body(state, processes);
  switch (body.kind) {
    case 'given':
      return (
        !evaluateBody(body.premise, state, processes) ||
        evaluateBody(body.conclusion, state, processes)
      );
    case 'parts':
      return Object.values(body.parts).every((part) => evaluateBody(part, state, processes));
    default: {
      const table = (state as Record<string, Record<string, unknown>>)[body.table] ?? {};
      const asks = ([id, entry]: [string, unknown]) => body.test(entry, id, state, processes);
      const entries = Object.entries(table);
      return body.kind === 'every' ? entries.every(asks) : entries.some(asks);
    }
  }
}
