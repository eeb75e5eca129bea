import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { createServer } from '../../model/nova/boot.ts';
import {
  connectionsNameHostOfServer,
  everyBdmHasAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { isAtRest } from '../../model/world/services.ts';

const volumeIsFree = cloud.always(
  'at rest, a server whose build was abandoned keeps no volume reserved',
  cloud.every('volumes', ({ status }, _volume, state, processes) => {
    const isGivenUp = state.instances['s1']?.vm_state === 'error';
    return !isGivenUp || status !== 'reserved' || !isAtRest(processes, state);
  }),
);

export const bug1633249 = cloudScenario({
  name: 'bug-1633249',
  about:
    'A server boots from a volume that its host cannot prepare, because the driver fails ' +
    'once. Nova abandons the build. Nova 17 left the volume reserved. Since nova 18 Nova ' +
    'deletes the attachment, but the mapping of the server in error still names it.',
  release: '2026.1',
  entities: () => ({ servers: {}, volumes: { v1: {} } }),
  operations: () => ({ boot: createServer.start('s1', 'v1', 'h1') }),
  faults: () => ({ 'driver-error': 1 }),
  reachable: [
    cloud.reachable('the server runs', ({ disks }) => disks['s1/v1'] !== undefined),
    cloud.reachable(
      'the server is in error',
      ({ instances }) => instances['s1']?.vm_state === 'error',
    ),
    volumeIsFree,
  ],
  expect: [
    {
      given: { release: 'queens' },
      violates: {
        [volumeStatusFitsAttachments.name]: 31,
        [connectionsNameHostOfServer.name]: 31,
        [volumeIsFree.name]: 27,
      },
      reason: 'bug 1633249: the volume is reserved for ever',
    },
    {
      given: { release: 'rocky' },
      violates: { [everyBdmHasAttachment.name]: 38 },
      reason: 'nova 18: the volume is free, and the mapping names an attachment that is gone',
    },
    {
      given: { release: 'rocky', build_abort: 'kept' },
      violates: {
        [volumeStatusFitsAttachments.name]: 31,
        [connectionsNameHostOfServer.name]: 31,
        [volumeIsFree.name]: 27,
      },
      reason: 'if Nova keeps the attachment, the bug is back',
    },
    {
      given: { release: '2023.2' },
      violates: { [everyBdmHasAttachment.name]: 36 },
      reason: 'the mapping dangles as in rocky; Nova asks five times since nova 29',
    },
  ],
});
