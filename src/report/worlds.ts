import type { WorldState } from '../checker/result/result.ts';
import type { Plain } from '../spec/plain.ts';
import type { ChangeRecord, TraceRecord } from './document.ts';

type Tree = { [key: string]: Plain };

/** The states of a run: the initial one, then one after each step. Unchanged parts are shared. */
export function worldsOf({ init, steps }: TraceRecord): readonly WorldState[] {
  const worlds = [init];
  let world = init;
  for (const { changes } of steps) {
    world = changes.reduce((before, change) => changed(before, change), world);
    worlds.push(world);
  }
  return worlds;
}

function changed(world: WorldState, change: ChangeRecord): WorldState {
  const [top = '', ...rest] = change.keys ?? change.path.split('.');
  const part = partOf(top, change.keys !== undefined);
  if (part === 'state') {
    return { ...world, state: replaced(world.state, [top, ...rest], change.after) };
  }
  // The checker itself wrote these values, so their type is known.
  return { ...world, [part]: replaced(world[part] as unknown as Tree, rest, change.after) };
}

/**
 * Which table of the checker a path leads into. Its name begins with '#' only in a list of parts.
 */
function partOf(top: string, exact: boolean): keyof WorldState {
  const name = exact ? top : `#${top}`;
  if (name === '#processes') return 'processes';
  return name === '#faults' ? 'faults' : 'state';
}

/** A copy of `tree` with `value` at `keys`, or without that entry when `value` is undefined. */
function replaced(
  tree: { readonly [key: string]: Plain },
  keys: readonly string[],
  value: Plain | undefined,
): Tree {
  const [key = '', ...rest] = keys;
  if (rest.length > 0) {
    const below = tree[key];
    const record =
      typeof below === 'object' && below !== null && !Array.isArray(below) ? (below as Tree) : {};
    return withEntry(tree, key, replaced(record, rest, value));
  }
  if (value !== undefined) return withEntry(tree, key, value);
  return Object.fromEntries(Object.entries(tree).filter(([other]) => other !== key));
}

/**
 * A copy with one entry more. It is defined, because assigning to a key `__proto__` adds no entry.
 */
function withEntry(tree: { readonly [key: string]: Plain }, key: string, value: Plain): Tree {
  return Object.fromEntries([...Object.entries(tree), [key, value]]);
}
