import type { AnyProperty } from '../../spec/property.ts';
import type { PropertyResult, Trace } from '../result/result.ts';
import { Refinement } from './refinement.ts';
import { decidesWhere, decidingClause } from './take-apart.ts';
import { readAtEnd, readOfLastStep } from './values-read.ts';

type AtEnd = Pick<PropertyResult, 'read' | 'abstract' | 'failingPart'>;

/**
 * A violated property with another counterexample in place of its own. What the result says of the
 * end of a run is then about the end of that one, without the processes that wait there. `property`
 * is undefined for the question about ends.
 */
export function withTrace<R extends PropertyResult>(
  result: R,
  property: AnyProperty | undefined,
  trace: Trace,
): R {
  const { read: _read, abstract: _abstract, waits: _waits, ...rest } = result;
  return { ...rest, trace, ...(property === undefined ? {} : atEnd(property, trace)) } as R;
}

/** What is said of the last state or step of a counterexample; nothing of whole runs. */
export function atEnd(property: AnyProperty, trace: Trace): AtEnd {
  const last = trace.steps.at(-1)?.state;
  switch (property.kind) {
    case 'always':
    case 'never': {
      const end = last ?? trace.init;
      const part = decidingClause(property.body, decidesWhere(property.kind), end)?.part;
      return {
        ...readAtEnd(property, trace),
        ...(part === undefined ? {} : { failingPart: part }),
      };
    }
    case 'step':
      return readOfLastStep(property, trace);
    case 'implements': {
      const before = last === undefined ? undefined : (trace.steps.at(-2)?.state ?? trace.init);
      return { abstract: Refinement.of(property).side(before, last ?? trace.init) };
    }
    default:
      return {};
  }
}
