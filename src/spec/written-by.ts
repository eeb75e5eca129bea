const KEY = Symbol.for('racewright/written-by');

/**
 * Marks a recipe that a function made for several flows: the author of the flow wrote `other`, so
 * the source positions of the steps are those of `other`. Returns the recipe.
 */
export function writtenBy<F extends object>(recipe: F, other: object): F {
  return Object.defineProperty(recipe, KEY, { value: other });
}

/**
 * The value that the author wrote for this recipe: `other` of `writtenBy`, else the recipe itself.
 */
export function writingOf(recipe: unknown): unknown {
  return typeof recipe === 'function' ? (Reflect.get(recipe, KEY) ?? recipe) : recipe;
}
