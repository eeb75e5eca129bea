/** Sources of models as a user writes them, and the files that the tests begin with. */
export const model = (rest: string): string => `
import { spec } from 'racewright';
import { limit } from './limit.js';

interface Counter { readonly n: number }
const counting = spec<Counter>();
${rest}
`;

export const scenario = (name: string, body: string): string => `
counting.scenario({
  name: '${name}',
  about: 'Counts.',
  system: () => ({
    init: () => ({ n: 0 }),
    actions: [counting.action({ name: 'count', do: (state) => { ${body} } })],
    properties: [counting.always('the limit is kept', ({ n }) => n <= limit)],
  }),
});`;

export const ownModels: { readonly [path: string]: string } = {
  'models/limit.ts': 'enum Limit { Most = 2 }\nexport const limit: number = Limit.Most;',
  'models/counter.ts': model(
    `export const counter = ${scenario('counter', 'state.n = (state.n + 1) % 4;')}`,
  ),
  'models/two.ts': model(
    `export const up = ${scenario('up', 'state.n = (state.n + 1) % 3;')}
export const down = ${scenario('down', 'state.n = (state.n + 2) % 3;')}`,
  ),
  'models/prints.ts': model(
    `console.log('loaded');
export const prints = ${scenario('prints', 'state.n = 1;')}`,
  ),
};
