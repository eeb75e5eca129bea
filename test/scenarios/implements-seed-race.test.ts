import { expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import { cloud } from '../../src/model/world/cloud.ts';
import { seedRace } from '../../src/scenarios/proofs-of-concept/seed-race.ts';
import { sharedConnection } from '../../src/scenarios/proofs-of-concept/shared-connection.ts';
import type { ProcessTable } from '../../src/spec/process.ts';
import type { Mapped } from '../../src/spec/refinement.ts';
import type { Scenario } from '../../src/spec/scenario.ts';

/** The smallest model of the question, with the lock that the mail of 2016 proposes. */
const seed = seedRace.system({
  lock: 'both',
  order: 'count-first',
  atomic: 'none',
  attaches: 1,
  detaches: 1,
} as never);

/** How far a process of nova-compute is, among its labels that matter here. */
function progress(
  processes: ProcessTable,
  operation: 'attach' | 'detach',
  labels: readonly string[],
): number {
  const at = processes[`${operation}/n-cpu`]?.at;
  if (at === 'done') return labels.length + 1;
  const place = labels.findIndex((label) => label.split(' ').includes(String(at)));
  return place + 1;
}

/** Within the lock: while it counts, while it disconnects, and until it gives the lock back. */
const detaching = [
  'driver_detach get_attachment get_attachment_reply',
  'lock_disconnect_volume disconnect_volume',
  'attachment_delete attachment_delete_reply destroy_bdm unlock',
];
const attaching = [
  'update_attachment create_attachment',
  'update_attachment_reply create_attachment_reply lock_connect_volume connect_to_iscsi_portal',
  'rescan_iscsi wait_for_device attach_to_guest unlock',
];

interface Seen {
  readonly sessions: { readonly [path: string]: unknown };
  readonly locks: { readonly [name: string]: unknown };
}

/** The state of the seed model that a state of the cloud stands for. */
function asSeed({ sessions, locks }: Seen, processes: ProcessTable): Mapped<object> {
  const detach = progress(processes, 'detach', detaching);
  const attach = progress(processes, 'attach', attaching);
  const isUp = sessions['h1/array'] !== undefined;
  const holder = String(locks['guard_connection@h1']);
  return {
    state: {
      volumes: {
        new1: { status: ['available', 'available', 'reserved', 'reserved', 'in-use'][attach] },
        old1: { status: ['in-use', 'detaching', 'detaching', 'detaching', 'available'][detach] },
      },
      attachments: {
        ...attachment(
          'detach1',
          'old1',
          ['attached', 'detaching', 'detaching', 'detaching'][detach],
        ),
        // Cinder knows of it before, but counts it only once it has a connector.
        ...attachment('attach1', 'new1', ['', '', 'reserved', 'reserved', 'attached'][attach]),
      },
      connections: { host1: isUp ? 'up' : 'down' },
      locks: {
        host1: { 'detach/n-cpu': 'detach1', 'attach/n-cpu': 'attach1' }[holder] ?? null,
      },
    },
    processes: {
      attach1: {
        at: attachLabels[attach] ?? 'done',
        vars: { volume: 'new1', host: 'host1' },
      },
      detach1: {
        at: detachLabels[detach] ?? 'done',
        vars: {
          volume: 'old1',
          host: 'host1',
          // Nova forgets the count once it has disconnected. Within the lock the connection tells.
          alone:
            detach === 3 ? !isUp : detach === 2 && processes['detach/n-cpu']?.vars['sharing'] === 1,
        },
      },
    },
  };
}

const attachLabels = ['start', 'attachment_create', 'connect_volume', 'attachment_complete'];
const detachLabels = ['start', 'count_attachments', 'disconnect_volume', 'attachment_delete'];

function attachment(id: string, volume: string, status: string | undefined): object {
  return status ? { [id]: { volume, host: 'host1', status } } : {};
}

const implementing: Scenario = {
  ...sharedConnection,
  expect: [],
  system: (point: object) => ({
    ...sharedConnection.system(point as never),
    properties: [cloud.implements('it implements seed-race', seed, asSeed as never)],
  }),
} as unknown as Scenario;

const checked = (flow: string, lock: string) =>
  check(implementing, { parameters: { flow, lock } }).properties[0];

test.each(['poc-v1', 'poc-v2'])(
  'with the lock of the host %s of shared-connection implements seed-race with its lock',
  (flow) => {
    expect(checked(flow, 'host')?.verdict).toBe('holds');
  },
);

test.each(['none', 'attach', 'detach'])(
  'with the lock of %s shared-connection does not implement seed-race with its lock',
  (lock) => {
    const property = checked('poc-v2', lock);
    expect(property?.verdict).toBe('violated');
    // The lock of the seed model is taken with the first step, and here nothing takes it.
    const taken = property?.trace?.schedule.at(-1);
    expect(taken).toMatch(/n-cpu\.guard_connection$/);
    expect(property?.abstract?.enabled).not.toEqual([]);
  },
);
