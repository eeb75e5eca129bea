import { volumeReimage } from '../../model/cinder/reimage.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { errorVolumeIsUnattached } from '../../model/properties/always.ts';
import { volumeStatusFitsAttachments } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

const failed = cloud.never('a rebuild fails', ({ instances }) => {
  return instances['s1']?.vm_state === 'error';
});

export const lostReimage = cloudScenario({
  name: 'lost-reimage',
  about:
    'A server that boots from a volume is rebuilt with another image: cinder-volume writes ' +
    'it, and nova-compute waits for the answer. If cinder-volume dies meanwhile, or never ' +
    'gets the message, nova-compute stops waiting after a time.',
  release: '2026.1',
  parameters: {
    fault: choice(['none', 'crash', 'cast-lost'], { about: 'the fault of cinder-volume' }),
  },
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({ rebuild: rebuildServer.start('s1', 'v1') }),
  crashes: ({ fault }) => (fault === 'crash' ? [volumeReimage.at('restore_previous_status')] : []),
  faults: ({ fault }) => (fault === 'cast-lost' ? { 'cast-lost': 1 } : {}),
  reachable: [
    failed,
    cloud.reachable(
      'the server runs again with its volume',
      ({ instances, disks, attachments }) =>
        instances['s1']?.task_state === null &&
        disks['s1/v1'] !== undefined &&
        attachments['attachment-rebuild'] !== undefined,
    ),
  ],
  expect: [
    { given: { fault: 'none' }, reason: 'nova-compute waits until the image is written' },
    {
      given: { fault: 'crash' },
      violates: { [errorVolumeIsUnattached.name]: 41, [failed.name]: 44 },
      reason: 'the volume stays downloading, reserved for its server, which is in error',
    },
    {
      given: { fault: 'cast-lost' },
      violates: { [volumeStatusFitsAttachments.name]: 44, [failed.name]: 43 },
      reason:
        'the volume stays downloading here too; cinder-api has written downloading before it ' +
        'sends the message',
    },
  ],
});
