import { SpecError } from './spec-error.ts';

/** More values than this are surely a mistake for an initial state or a pick. */
const mostMade = 100_000;

/** One value for each field. */
type OneOfEach<F extends { readonly [field: string]: readonly unknown[] }> = {
  -readonly [K in keyof F]: F[K][number];
};

/**
 * Every record with one of the values for each field; the last field changes fastest. It suits
 * `init` of a system with several initial states: `product({ a: [1, 2], b: [true] })` is `[{ a: 1,
 * b: true }, { a: 2, b: true }]`. A field without values gives no record. Throws a SpecError for
 * more than 100,000 records.
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
 * Every subset of the items, in the order of the list, smaller ones first. `sizes` bounds their
 * size, both bounds included. Throws a SpecError for more than 100,000 subsets.
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

/**
 * Every order of the items. Throws a SpecError for more than 100,000 orders, so for nine items or
 * more.
 */
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

/** The number of subsets of size `size` of `count` items. */
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
