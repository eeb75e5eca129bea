/** Whether a value equals a canonical one. Never true for a value that is not plain data. */
export function isEqual(value: unknown, template: unknown): boolean {
  if (value === template) return true;
  if (typeof value !== 'object' || typeof template !== 'object') return false;
  if (value === null || template === null) return false;
  if (Array.isArray(template)) return isEqualList(value, template);
  return !Array.isArray(value) && isEqualRecord(value, template);
}

function isEqualList(value: object, template: readonly unknown[]): boolean {
  if (!Array.isArray(value) || value.length !== template.length) return false;
  if (Object.getPrototypeOf(value) !== Array.prototype) return false;
  for (let i = 0; i < template.length; i++) {
    if (value[i] !== template[i] && !isEqual(value[i], template[i])) return false;
  }
  return true;
}

type Fields = { readonly [key: string]: unknown };

function isEqualRecord(value: object, template: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  let surplus = 0;
  for (const key in value) {
    const part = (value as Fields)[key];
    const other = (template as Fields)[key];
    if (part === undefined || (part !== other && !isEqual(part, other))) return false;
    // Every object inherits something under this name.
    if (key === '__proto__' && !Object.hasOwn(template, key)) return false;
    surplus += 1;
  }
  for (const _key in template) surplus -= 1;
  return surplus === 0;
}
