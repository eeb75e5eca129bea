import type { Meeting } from './configurations.ts';
import type { RequestName } from './requests.ts';

/** Which violations are meant. */
export interface Place {
  /** One request of each list. */
  readonly between: readonly [readonly RequestName[], readonly RequestName[]];
  readonly at: readonly Meeting[];
  /** Of these properties; of any when left out. */
  readonly properties?: readonly string[];
}
