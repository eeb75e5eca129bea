import type { Executor } from './plan.ts';

/** Does one work after another in this process. After Ctrl-C works are still asked, and say so. */
export const here: Executor = {
  async *answers({ works }, stop) {
    for (const [i, work] of works.entries()) {
      yield await work.here(stop, { number: i + 1, of: works.length });
    }
  },
};
