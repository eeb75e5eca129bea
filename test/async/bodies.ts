import type { Body } from '../../src/async/index.ts';

/** Two clerks withdraw the last coin: both may see it before one takes it. */
export const withdrawTwice: Body = async (kit) => {
  let balance = 1;
  let paid = 0;
  const read = kit.call('read', async () => balance);
  const write = kit.call('write', async (value: number) => {
    balance = value;
  });
  const withdraw = async () => {
    const seen = await read();
    if (seen < 1) return;
    await write(seen - 1);
    paid += 1;
  };
  await Promise.all([kit.task('ann', withdraw), kit.task('bob', withdraw)]);
  if (paid > 1) throw new Error(`one coin was paid ${paid} times`);
};

/** The number of ways to interleave so many lists of so many steps each. */
export function interleavings(lists: readonly number[]): number {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const steps = lists.reduce((sum, each) => sum + each, 0);
  return lists.reduce((left, each) => left / factorial(each), factorial(steps));
}
