import { attachFlow } from '../../model/seed/attach.ts';
import { detachFlow } from '../../model/seed/detach.ts';
import { seedDurations } from '../../model/seed/durations.ts';
import {
  type Attachment,
  type DetachAtomic,
  type DetachOrder,
  type LockedBy,
  type SeedWorld,
  seed,
} from '../../model/seed/world.ts';
import { choice, range } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';
import type { Expectation } from '../../spec/scenario.ts';

const HOST = 'host1';

const reachable = seed.always(
  'an attached volume is reachable from its host',
  seed.every(
    'attachments',
    ({ status, host }, _id, { connections }) => status !== 'attached' || connections[host] === 'up',
  ),
);

const noLeak = seed.always(
  'no connection is left without an attachment',
  ({ attachments, connections }, processes) =>
    connections[HOST] === 'down' ||
    Object.values(processes).some((process) => process?.at !== 'done') ||
    Object.keys(attachments).length > 0,
);

interface Variant {
  readonly lock: LockedBy;
  readonly order: DetachOrder;
  readonly atomic: DetachAtomic;
  readonly attaches: number;
  readonly detaches: number;
}

const LOST = reachable.name;
const LEAK = noLeak.name;

type Row = Omit<Expectation, 'given' | 'reason'>;
type Values = Partial<Variant>;

const lost = (steps: number) => ({ [LOST]: steps });
const leak = (steps: number) => ({ [LEAK]: steps });
const row = (attaches: number, detaches: number, values: Values, figures: Row) => ({
  given: { attaches, detaches, ...values },
  reason: 'the published table of this model, on which two independent explorers agree',
  ...figures,
});

/**
 * Unlocked and locked: distinct states, successors, levels, and the shortest way to the violation.
 */
const published = [
  row(1, 1, {}, { violates: lost(7), states: 36, generated: 56, levels: 9 }),
  row(1, 2, {}, { violates: lost(11), states: 154, generated: 347, levels: 13 }),
  row(2, 1, {}, { violates: lost(7), states: 204, generated: 477, levels: 13 }),
  row(2, 2, {}, { violates: lost(11), states: 782, generated: 2_377, levels: 17 }),
  row(0, 2, {}, { violates: leak(8), states: 30, generated: 45, levels: 9 }),
  row(0, 3, {}, { violates: leak(12), states: 132, generated: 307, levels: 13 }),
  row(1, 1, { lock: 'both' }, { states: 16, generated: 17 }),
  row(1, 2, { lock: 'both' }, { states: 44, generated: 49 }),
  row(2, 1, { lock: 'both' }, { states: 44, generated: 49 }),
  row(2, 2, { lock: 'both' }, { states: 112, generated: 129 }),
  row(0, 2, { lock: 'both' }, { states: 16, generated: 17 }),
  row(0, 3, { lock: 'both' }, { states: 44, generated: 49 }),
];

/** The candidate fixes. Two of them look right until the other race is tried. */
const candidateFixes = [
  row(1, 1, { lock: 'detach' }, { violates: lost(7), states: 36 }),
  row(0, 2, { lock: 'detach' }, { states: 16 }),
  row(1, 2, { lock: 'detach' }, { violates: lost(11), states: 99 }),
  row(2, 2, { lock: 'detach' }, { violates: lost(11), states: 537 }),
  row(1, 1, { lock: 'attach' }, { violates: lost(7), states: 36 }),
  row(0, 2, { lock: 'attach' }, { violates: leak(8), states: 30 }),
  row(1, 2, { lock: 'attach' }, { violates: lost(11), states: 154 }),
  row(2, 2, { lock: 'attach' }, { violates: lost(11), states: 502 }),
  row(1, 1, { atomic: 'count-disconnect' }, { states: 22 }),
  row(0, 2, { atomic: 'count-disconnect' }, { violates: leak(6), states: 19 }),
  row(1, 2, { atomic: 'count-disconnect' }, { states: 89 }),
  row(2, 2, { atomic: 'count-disconnect' }, { states: 427 }),
  row(1, 1, { atomic: 'count-disconnect-delete' }, { states: 16 }),
  row(0, 2, { atomic: 'count-disconnect-delete' }, { states: 9 }),
  row(1, 2, { atomic: 'count-disconnect-delete' }, { states: 46 }),
  row(2, 2, { atomic: 'count-disconnect-delete' }, { states: 230 }),
  row(1, 1, { order: 'delete-first' }, { violates: lost(8), states: 31 }),
  row(0, 2, { order: 'delete-first' }, { states: 35 }),
  row(1, 2, { order: 'delete-first' }, { violates: lost(10), states: 187 }),
  row(2, 2, { order: 'delete-first' }, { violates: lost(10), states: 959 }),
  row(1, 1, { order: 'delete-first', lock: 'both' }, { states: 16 }),
  row(0, 2, { order: 'delete-first', lock: 'both' }, { states: 16 }),
  row(1, 2, { order: 'delete-first', lock: 'both' }, { states: 44 }),
  row(2, 2, { order: 'delete-first', lock: 'both' }, { states: 112 }),
];

export const seedRace = seed.scenario({
  name: 'seed-race',
  about:
    'Nova hears that A is the only attachment on a shared connection and disconnects it, ' +
    'while B is being attached. Is a per-host lock in Nova enough? (Nova and Cinder at the ' +
    'Ocata summit, 2016.)',
  parameters: {
    lock: choice(['none', 'attach', 'detach', 'both'], {
      about: 'who takes the per-host lock',
    }),
    order: choice(['count-first', 'delete-first'], {
      about: 'when a detach deletes its record',
    }),
    atomic: choice(['none', 'count-disconnect', 'count-disconnect-delete'], {
      about: 'which steps of a detach are one',
    }),
    attaches: range(0, 3, { default: 1, about: 'volumes being attached' }),
    detaches: range(0, 3, { default: 1, about: 'volumes being detached' }),
  },
  refuses: ({ attaches, detaches }) =>
    attaches + detaches === 0 ? 'nothing is attached and nothing detached' : undefined,
  system: ({ lock, order, atomic, attaches, detaches }) => ({
    init: () => initial(attaches, detaches),
    processes: processes({ lock, order, atomic, attaches, detaches }),
    properties: [reachable, noLeak],
  }),
  expect: [...published, ...candidateFixes],
  durations: seedDurations,
});

function processes(variant: Variant): Record<string, Process> {
  const { lock, order, atomic, attaches, detaches } = variant;
  const attach = attachFlow(lock);
  const detach = detachFlow({ lockedBy: lock, order, atomic });
  return Object.fromEntries([
    ...names('attach', attaches).map((pid, i) => [pid, attach.start(`new${i + 1}`, HOST)]),
    ...names('detach', detaches).map((pid, i) => [pid, detach.start(`old${i + 1}`, HOST)]),
  ]);
}

/** Volumes to be detached are attached at the start, over a connection that is up. */
function initial(attaches: number, detaches: number): SeedWorld {
  const attached = (pid: string, i: number): [string, Attachment] => [
    pid,
    { volume: `old${i + 1}`, host: HOST, status: 'attached' },
  ];
  const volumes: SeedWorld['volumes'] = {};
  for (const volume of names('new', attaches)) volumes[volume] = { status: 'available' };
  for (const volume of names('old', detaches)) volumes[volume] = { status: 'in-use' };
  return {
    volumes,
    attachments: Object.fromEntries(names('detach', detaches).map(attached)),
    connections: { [HOST]: detaches > 0 ? 'up' : 'down' },
    locks: { [HOST]: null },
  };
}

/** `attach1`, `attach2`, … */
function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);
}
