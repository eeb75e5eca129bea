/** Two scenarios of one name, told apart by how far they count. */
export const twins = `
import { spec } from 'racewright';

const world = spec<{ n: number }>();
const twin = (most: number) => world.scenario({
  name: 'twin',
  about: 'counts to ' + most,
  system: () => ({
    init: () => ({ n: 0 }),
    actions: [world.action({ actor: 'clock', name: 'tick' + most, when: ({ n }) => n < most, do: (state) => { state.n += 1; } })],
    properties: [world.always('n stays below ' + most, ({ n }) => n < most)],
    final: 'anywhere',
  }),
});
`;

export interface Event {
  readonly event: string;
  readonly data: { readonly [name: string]: unknown };
}

/** Everything that a check tells, to its end. */
export async function eventsOf(url: string): Promise<readonly Event[]> {
  const text = await (await fetch(url)).text();
  return [...text.matchAll(/event: (.*)\ndata: (.*)\n\n/g)].map(([, event = '', data = '']) => ({
    event,
    data: JSON.parse(data),
  }));
}

export async function resultOf(url: string): Promise<Event['data']> {
  return (await eventsOf(url)).find(({ event }) => event === 'result')?.data ?? {};
}
