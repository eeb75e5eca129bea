import { SpecError } from './spec-error.ts';

/** More than an initial state or a pick is ever chosen from. */
const mostMade = 100_000;

/** One of the values of each field. */
type OneOfEach<F extends { readonly [field: string]: readonly unknown[] }> = {
  -readonly [K in keyof F]: F[K][number];
};

/**
 * Every record that takes one of the values for each field, the last field changing first: for
 * `init`, where a system may begin in several states. `product({ a: [1, 2], b: [true] })` is
 * `[{ a: 1, b: true }, { a: 2, b: true }]`. A field without a value leaves no record. Throws a
 * SpecError for more than 100,000 records.
 */
export function product<const F extends { readonly [field: string]: readonly unknown[] }>(
  fields: F,
): OneOfEach<F>[] {
  const lists = Object.entries(fields);
  refuseTooMany(
    'product',
    lists.reduce((count, [, values]) => count * values.length, 1),
  );
  const made = lists.reduce<{ [field: string]: unknown }[]>(
    (records, [field, values]) =>
      records.flatMap((record) => values.map((value) => ({ ...record, [field]: value }))),
    [{}],
  );
  return made as OneOfEach<F>[];
}

/**
 * Every choice of some of the items, in the order of the list, smaller choices first. `sizes`
 * bounds how many are chosen: both bounds are inclusive. Throws a SpecError for more than 100,000
 * choices.
 */
export function subsets<const T>(
  items: readonly T[],
  {
    atLeast = 0,
    atMost = items.length,
  }: { readonly atLeast?: number; readonly atMost?: number } = {},
): T[][] {
  const sizes = Array.from({ length: items.length + 1 }, (_, size) => size).filter(
    (size) => size >= atLeast && size <= atMost,
  );
  refuseTooMany(
    'subsets',
    sizes.reduce((count, size) => count + chosen(items.length, size), 0),
  );
  return sizes.flatMap((size) => ofSize(items, size));
}

/** Every order of the items. Throws a SpecError for more than 100,000 orders: of nine items. */
export function permutations<const T>(items: readonly T[]): T[][] {
  refuseTooMany(
    'permutations',
    items.reduce<number>((count, _, i) => count * (i + 1), 1),
  );
  return ordersOf(items);
}

function ordersOf<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first, i) =>
    ordersOf(items.toSpliced(i, 1)).map((rest) => [first, ...rest]),
  );
}

function ofSize<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((first, i) =>
    ofSize(items.slice(i + 1), size - 1).map((rest) => [first, ...rest]),
  );
}

/** How many choices of `size` of `count` items there are. */
function chosen(count: number, size: number): number {
  let ways = 1;
  for (let i = 0; i < size; i++) ways = (ways * (count - i)) / (i + 1);
  return Math.round(ways);
}

function refuseTooMany(where: string, count: number): void {
  if (count <= mostMade) return;
  throw new SpecError({
    what: `it would make ${count} of them, and at most ${mostMade} are made`,
    where,
    mend: 'Give it fewer values, or let steps of the model choose them one after the other.',
  });
}
