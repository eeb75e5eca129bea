import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachOf, detachOf } from '../../model/nova/requests.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1327218 = cloudScenario({
  name: 'bug-1327218',
  about:
    'R8: a user sees that the volume is in use and detaches it before Nova has saved how to ' +
    'disconnect it. Nova saves connection_info before it tells Cinder. That fix is older ' +
    'than any preset, so the switch connection_info_saved stands for it.',
  release: 'newton',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
  }),
  operations: (_point, release) => ({
    attach: attachOf(release, 's1', 'v1'),
    detach: detachOf(release, 's1', 'v1'),
  }),
  reachable: [
    cloud.reachable(
      'the volume was attached and is free again',
      ({ volumes, bdms }, processes) =>
        volumes['v1']?.status === 'available' &&
        bdms['bdm-attach'] === undefined &&
        processes['detach/n-cpu']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { connection_info_saved: 'after_attach' },
      violates: { [attachedVolumeIsWorkingDisk.name]: 53, [allAgreeOnAttachments.name]: 53 },
      reason:
        'bug 1327218: the disconnect finds no connection_info after the guest has lost the disk',
    },
    {
      given: { release: 'newton' },
      reason: 'Nova saves connection_info before the volume is in use',
    },
    {
      given: { release: '2026.1' },
      reason:
        'Nova saves connection_info before attachment_complete, and both requests hold the ' +
        'instance lock',
    },
  ],
});
