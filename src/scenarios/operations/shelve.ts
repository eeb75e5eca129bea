import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { faultNames } from '../../model/faults/faults.ts';
import { shelveServer, unshelveServer } from '../../model/nova/shelve.ts';
import { attachVolumeShelvedOffloaded } from '../../model/nova/shelved.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const shelve = cloudScenario({
  name: 'shelve',
  about:
    'A server is shelved, offloaded and unshelved, and a user may attach a volume to it in ' +
    'between. Its own volume is reserved meanwhile, the other one in-use; both come back.',
  release: '2026.1',
  parameters: {
    besides: choice(['nothing', 'attach'], { about: 'the other request' }),
    fault: choice(['none', ...faultNames], { about: 'what fails, once, at any moment' }),
  },
  entities: ({ besides }) => ({
    servers: { s1: 'h1' },
    volumes: besides === 'attach' ? { v1: {}, v2: {} } : { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: ({ besides }) => ({
    shelve: shelveServer.start('s1'),
    unshelve: unshelveServer.start('s1', 'h1'),
    ...(besides === 'attach' ? { attach: attachVolumeShelvedOffloaded.start('s1', 'v2') } : {}),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  reachable: [
    cloud.reachable(
      'the server runs again with every volume it has',
      ({ instances, bdms, disks, attachments }) =>
        Object.keys(attachments).some((id) => id !== 'attachment-s1-v1') &&
        instances['s1']?.vm_state === 'active' &&
        Object.values(bdms).every(({ volume }) => disks[`s1/${volume}`]?.startsWith('h1/')),
    ),
  ],
  expect: [
    { given: { besides: 'nothing' }, reason: 'the flow violates nothing without a fault' },
    {
      given: { besides: 'attach' },
      violates: { [attachedVolumeIsWorkingDisk.name]: 84, [allAgreeOnAttachments.name]: 84 },
      reason:
        'an attach that has passed its check during the unshelve is completed without a ' +
        'connector: no host will ever connect it. The instance lock of nova-compute does not ' +
        'reach nova-api',
    },
    {
      given: { fault: 'brick-error' },
      reason:
        'Nova disconnects on the old host by force, or logs the error; on the new host it ' +
        'reserves the volumes again',
    },
  ],
});
