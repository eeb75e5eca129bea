/** A value in the Informal Trace Format. */
export type ItfValue =
  | boolean
  | string
  | number
  | readonly ItfValue[]
  | { readonly [key: string]: ItfValue };
