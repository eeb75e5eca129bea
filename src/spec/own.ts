/**
 * The entry of a record under a name that a model chose. `record[name]` would also find inherited
 * members such as `constructor`.
 */
export function own<T>(record: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
