import { unknownName } from './cli-usage-error.ts';

/** Returns a name that is among `names`, with its type. Throws CliUsageError for any other. */
export function knownName<const T extends string>(
  name: string,
  names: readonly T[],
  { kind, flag }: { readonly kind: string; readonly flag: string },
): T {
  const found = names.find((one) => one === name);
  if (found !== undefined) return found;
  throw unknownName({
    what: `there is no ${kind} '${name}'`,
    name,
    known: names,
    kind: `${kind}s`,
    where: `${flag} ${name}`,
  });
}
