/**
 * The only values that a state may hold. The checker can compare, print and store them without
 * loss, and so can tell any two states apart.
 */
export type Plain =
  | string
  | number
  | boolean
  | null
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/** A value that a schedule entry or a command line can write as it is. */
export type Scalar = string | number | boolean | null;
