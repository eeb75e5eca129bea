import { type check, spec } from '../../src/index.ts';

export interface Lamp {
  on: boolean;
  n: number;
}

export const lamp = spec<Lamp>();

export const asked = ({ properties }: ReturnType<typeof check>) => {
  const [found] = properties;
  if (found === undefined) throw new Error('nothing is asked about ends');
  return found;
};
