import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { endResize, resizeServer } from '../../model/nova/cold-migrate.ts';
import { evacuate } from '../../model/nova/evacuate.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { shelveServer } from '../../model/nova/shelve.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import { noDeviceWithoutAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

const requests = {
  rebuild: () => ({ asked: rebuildServer.start('s1', '') }),
  'rebuild-root': () => ({ asked: rebuildServer.start('s1', 'v1') }),
  confirm: () => ({
    asked: resizeServer.start('s1', 'h2'),
    end: endResize.start('s1', 'confirm'),
  }),
  revert: () => ({ asked: resizeServer.start('s1', 'h2'), end: endResize.start('s1', 'revert') }),
  shelve: () => ({ asked: shelveServer.start('s1') }),
  evacuate: () => ({ asked: evacuate.start('s1', 'h2') }),
} as const satisfies Record<string, () => Record<string, Process>>;

const staysOff = cloud.never(
  'a server that was stopped runs when nothing goes on with it any more',
  ({ instances }, processes) =>
    instances['s1']?.vm_state === 'active' &&
    instances['s1'].task_state === null &&
    Object.values(processes).every((process) => process?.at === 'done'),
);

export const movedWhileStopped = cloudScenario({
  name: 'moved-while-stopped',
  about:
    'A stopped server with a volume is rebuilt, resized, shelved or evacuated. Nova accepts each, and stops the server again in the end; ' +
    'its volume follows it (docs/openstack.md 1.7, 8.1 to 8.5).',
  release: '2026.1',
  parameters: {
    request: choice(['rebuild', 'rebuild-root', 'confirm', 'revert', 'shelve', 'evacuate'], {
      about: 'what is asked; a resize is confirmed or taken back',
    }),
  },
  entities: ({ request }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
    stopped: ['s1'],
    down: request === 'evacuate' ? ['h1'] : [],
  }),
  operations: ({ request }) => requests[request](),
  reachable: [
    cloud.reachable(
      'what was asked is done, and the volume still belongs to the server',
      ({ instances, volumes, attachments }, processes) =>
        ['stopped', 'shelved_offloaded'].includes(instances['s1']?.vm_state ?? '') &&
        instances['s1']?.task_state === null &&
        Object.keys(attachments).length === 1 &&
        ['in-use', 'reserved'].includes(volumes['v1']?.status ?? '') &&
        Object.values(processes).every((process) => process?.at === 'done'),
    ),
    staysOff,
  ],
  expect: [
    { given: { request: 'rebuild' }, reason: 'the guest runs for a moment and is stopped again' },
    { given: { request: 'rebuild-root' }, reason: 'the same' },
    {
      given: { request: 'confirm' },
      reason: 'the guest is defined on the other host and stays off',
    },
    { given: { request: 'revert' }, reason: 'the same, and back' },
    { given: { request: 'shelve' }, reason: 'there is no guest to end' },
    {
      given: { request: 'evacuate' },
      violates: { [noUnmapUnderDevice.name]: 17, [noDeviceWithoutAttachment.name]: 60 },
      reason: 'it is stopped on its new host; the dead one keeps its device (D13)',
    },
  ],
});
