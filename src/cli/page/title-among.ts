/**
 * The title of a model in a page: the name of its scenario, followed by its id where another model
 * has the same name. `names` are the names of all models of the page, by id.
 */
export function titleAmong(names: ReadonlyMap<string, string>, id: string): string {
  const name = names.get(id) ?? id;
  const isShared = [...names].some(([other, its]) => its === name && other !== id);
  return isShared ? `${name} (${id})` : name;
}
