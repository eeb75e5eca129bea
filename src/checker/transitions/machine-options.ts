import type { MemoSetting } from '../result/options.ts';

export interface MachineOptions {
  /** Returns the time in milliseconds, so that evaluations can be timed. */
  readonly clock?: (() => number) | undefined;
  readonly scenario: string;
  readonly memo: MemoSetting;
  /** 'sorted': steps may depend on the order of keys. */
  readonly keys?: 'unordered' | 'sorted' | undefined;
}
