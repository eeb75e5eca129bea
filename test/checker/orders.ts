export const orders = ['breadth_first', 'depth_first'] as const;

/** A test of the number that a drawn model keeps. */
export const is =
  (value: number) =>
  ({ x }: { readonly x: number }) =>
    x === value;
