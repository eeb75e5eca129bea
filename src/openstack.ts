export { type Cloud, cloud } from './model/cloud.ts';
export { situation } from './model/situation.ts';
export { scenarios } from './scenarios/index.ts';
