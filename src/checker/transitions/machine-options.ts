import type { MemoSetting } from '../result/options.ts';
import type { Visited } from '../state/visited.ts';

export interface MachineOptions {
  /** Returns the time in milliseconds, so that evaluations can be timed. */
  readonly clock?: (() => number) | undefined;
  readonly scenario: string;
  readonly memo: MemoSetting;
  /** 'sorted': steps may depend on the order of keys. */
  readonly keys?: 'unordered' | 'sorted' | undefined;
  /** Makes the store of visited states; by default it keeps each of them. */
  readonly store?: ((width: number) => Visited) | undefined;
}
