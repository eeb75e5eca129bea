/**
 * What a page calls a model: the name of its scenario, with its id where another model has that
 * name, too. `names` are the names of all models of the page, by id.
 */
export function titleAmong(names: ReadonlyMap<string, string>, id: string): string {
  const name = names.get(id) ?? id;
  const isShared = [...names].some(([other, its]) => its === name && other !== id);
  return isShared ? `${name} (${id})` : name;
}
