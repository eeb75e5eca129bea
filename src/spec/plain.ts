/**
 * The only values a state may hold. They can be compared, printed, hashed and stored without loss,
 * which is what lets the checker tell two states apart exactly.
 */
export type Plain =
  | string
  | number
  | boolean
  | null
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/**
 * A value that can be an option of a pick or of a parameter: it can be written in a schedule entry.
 */
export type Scalar = string | number | boolean | null;
