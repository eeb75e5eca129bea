const KEY = Symbol.for('racewright/written-by');

/**
 * Says of a recipe that was made by a function, for several flows, that `other` is what the author
 * of the flow wrote: the source positions of its steps are then those of `other`. Returns the
 * recipe.
 */
export function writtenBy<F extends object>(recipe: F, other: object): F {
  return Object.defineProperty(recipe, KEY, { value: other });
}

/** What the author wrote: the recipe itself, unless it says otherwise. */
export function writingOf(recipe: unknown): unknown {
  return typeof recipe === 'function' ? (Reflect.get(recipe, KEY) ?? recipe) : recipe;
}
