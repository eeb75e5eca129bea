import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { attachVolumeV1, attachVolumeV2 } from '../../model/nova/poc-attach.ts';
import { detachVolumePoc } from '../../model/nova/poc-detach.ts';
import { noDeviceRemovedUnderGuest, noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  attachedVolumeIsWorkingDisk,
  noDeviceWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { type ReleaseName, releaseNames } from '../../model/releases/release-names.ts';
import type { Switches } from '../../model/releases/switches.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

/** The releases with the attachments API, into which the proofs of concept grew. */
const shipped = releaseNames.slice(releaseNames.indexOf('queens'));

const locks = {
  none: { L3: 'none' },
  attach: { L3: 'process', L3_covers: 'attach' },
  detach: { L3: 'process', L3_covers: 'detach' },
  host: { L3: 'process', L3_covers: 'both' },
} as const satisfies Record<string, Partial<Switches>>;

export const sharedConnection = cloudScenario({
  name: 'shared-connection',
  about:
    'Volume A is detached from one server while volume B, behind the same target, is ' +
    'attached to another one of the same host. The question of 2016: Cinder says that A is ' +
    'the only attachment of the connection, and then B comes.',
  parameters: {
    flow: choice(['poc-v1', 'poc-v2', ...shipped], {
      default: 'poc-v2',
      about: 'a proof of concept of 2016, or the flow as a release shipped it',
    }),
    lock: choice(['none', 'attach', 'detach', 'host'], {
      about: 'who takes the lock of the host over its connections',
    }),
  },
  release: ({ flow }) => (isProof(flow) ? 'ocata' : flow),
  site: ({ lock, flow }) => ({
    ...locks[lock],
    attach_api: isProof(flow) ? flow : 'attachments',
  }),
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { A: {}, B: {} },
    attached: [['s1', 'A']],
  }),
  operations: ({ flow }) => {
    if (flow === 'poc-v1') {
      return {
        detach: detachVolumePoc.start('s1', 'A', 'h1'),
        attach: attachVolumeV1.start('s2', 'B', 'h1'),
      };
    }
    if (flow === 'poc-v2') {
      return {
        detach: detachVolumePoc.start('s1', 'A', 'h1'),
        attach: attachVolumeV2.start('s2', 'B', 'h1'),
      };
    }
    return { detach: detachVolume.start('s1', 'A'), attach: attachVolume.start('s2', 'B') };
  },
  reachable: [
    cloud.reachable(
      'A is free again and B is a disk of the other guest',
      ({ volumes, disks }) => volumes['A']?.status === 'available' && disks['s2/B'] !== undefined,
    ),
  ],
  expect: [
    ...(['none', 'attach', 'detach'] as const).map((lock) => ({
      given: { flow: 'poc-v1', lock } as const,
      violates: {
        [noUnmapUnderDevice.name]: 37,
        [noDeviceRemovedUnderGuest.name]: 33,
        [attachedVolumeIsWorkingDisk.name]: 51,
        [noDeviceWithoutAttachment.name]: 50,
      },
      reason:
        'the count is old when Nova ends the connection; a lock of one side cannot exclude the ' +
        'other',
    })),
    {
      given: { flow: 'poc-v1', lock: 'host' },
      states: 402,
      reason: 'this is the lock that the mail proposes',
    },
    ...(['none', 'attach', 'detach'] as const).map((lock) => ({
      given: { flow: 'poc-v2', lock } as const,
      violates: {
        [noUnmapUnderDevice.name]: 38,
        [noDeviceRemovedUnderGuest.name]: 34,
        [attachedVolumeIsWorkingDisk.name]: 52,
        [noDeviceWithoutAttachment.name]: 51,
      },
      reason:
        'the count is old when Nova ends the connection; a lock of one side cannot exclude the ' +
        'other',
    })),
    {
      given: { flow: 'poc-v2', lock: 'host' },
      states: 482,
      reason: 'this is the lock that the mail proposes',
    },
    ...(['queens', '2026.1'] as const).flatMap((flow) =>
      (['none', 'attach', 'detach', 'host'] as const).map((lock) => ({
        given: { flow, lock } as const,
        reason:
          'os-brick looks at the devices of the host and logs out under L4; it asks Cinder nothing',
      })),
    ),
    ...(['none', 'attach', 'detach'] as const).map((lock) => ({
      given: { flow: '2026.1', lock, manual_scan: 'no' } as const,
      violates: { [noUnmapUnderDevice.name]: 57, [noDeviceWithoutAttachment.name]: 73 },
      reason:
        'the login for B finds A, which is still mapped, and makes its device again (bug 1800515)',
    })),
    {
      given: { flow: '2026.1', lock: 'host', manual_scan: 'no' },
      reason: 'guard_connection prevents this race',
    },
  ],
});

const isProof = (flow: ReleaseName | 'poc-v1' | 'poc-v2'): flow is 'poc-v1' | 'poc-v2' =>
  flow === 'poc-v1' || flow === 'poc-v2';
