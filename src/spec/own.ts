/**
 * What a record holds under a name that a model chose. `record[name]` also finds what every object
 * inherits, such as `constructor`.
 */
export function own<T>(record: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
