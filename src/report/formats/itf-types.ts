import type { ItfValue } from './itf-value.ts';

/** A type of Apalache's type system 1.2. 'any' is the element type of an empty collection. */
type Type =
  | { readonly kind: 'any' | 'Bool' | 'Int' | 'Str' }
  | { readonly kind: 'seq' | 'map'; readonly of: Type }
  | { readonly kind: 'record'; readonly fields: { readonly [name: string]: Type } };

/**
 * The types of variables as Apalache writes them (`Str -> { size: Int }`). A variable whose values
 * have no common type, as null and a text, is left out. Apalache itself wants a type for every
 * variable; other readers do without.
 */
export function varTypesOf(
  states: readonly { readonly [name: string]: ItfValue }[],
  names: readonly string[],
): { readonly [name: string]: string } {
  const types = names.flatMap((name) => {
    const text = textOf(common(states.map((state) => typeOf(state[name] ?? []))));
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries(types);
}

/** Undefined where a value has no type. */
function typeOf(value: ItfValue): Type | undefined {
  if (typeof value === 'boolean') return { kind: 'Bool' };
  if (typeof value === 'string') return { kind: 'Str' };
  if (typeof value === 'number') return undefined;
  if (isList(value)) {
    const of = common(value.map(typeOf));
    return of === undefined ? undefined : { kind: 'seq', of };
  }
  if ('#bigint' in value) return { kind: 'Int' };
  const map = value['#map'];
  if (map !== undefined && isList(map)) {
    const of = common(map.map((entry) => typeOf(isList(entry) ? (entry[1] ?? []) : [])));
    return of === undefined ? undefined : { kind: 'map', of };
  }
  // Left are records and special forms: the variant for null, and a number that is no integer.
  if ('tag' in value || '#unserializable' in value) return undefined;
  return recordOf(Object.entries(value).map(([name, part]) => [name, typeOf(part)]));
}

function recordOf(fields: readonly (readonly [string, Type | undefined])[]): Type | undefined {
  const known = fields.flatMap(([name, type]) =>
    type === undefined ? [] : [[name, type] as const],
  );
  if (known.length < fields.length) return undefined;
  return { kind: 'record', fields: Object.fromEntries(known) };
}

function isList(value: ItfValue): value is readonly ItfValue[] {
  return Array.isArray(value);
}

function common(types: readonly (Type | undefined)[]): Type | undefined {
  return types.reduce(unified, { kind: 'any' });
}

function unified(one: Type | undefined, other: Type | undefined): Type | undefined {
  if (one === undefined || other === undefined) return undefined;
  if (one.kind === 'any') return other;
  if (other.kind === 'any') return one;
  if ('of' in one && 'of' in other && one.kind === other.kind) {
    const of = unified(one.of, other.of);
    return of === undefined ? undefined : { kind: one.kind, of };
  }
  if (one.kind === 'record' && other.kind === 'record') {
    const names = Object.keys(one.fields);
    if (names.join() !== Object.keys(other.fields).join()) return undefined;
    return recordOf(names.map((name) => [name, unified(one.fields[name], other.fields[name])]));
  }
  return one.kind === other.kind ? one : undefined;
}

function textOf(type: Type | undefined): string | undefined {
  if (type === undefined) return undefined;
  switch (type.kind) {
    case 'any':
      return undefined;
    case 'seq':
    case 'map': {
      const of = textOf(type.of);
      if (of === undefined) return undefined;
      return type.kind === 'seq' ? `Seq(${of})` : `Str -> ${of}`;
    }
    case 'record': {
      const fields = Object.entries(type.fields).map(
        ([name, part]) => [name, textOf(part)] as const,
      );
      const isPlain = fields.every(
        ([name, part]) => part !== undefined && /^[A-Za-z_]\w*$/.test(name),
      );
      return isPlain
        ? `{ ${fields.map(([name, part]) => `${name}: ${part}`).join(', ')} }`
        : undefined;
    }
    default:
      return type.kind;
  }
}
