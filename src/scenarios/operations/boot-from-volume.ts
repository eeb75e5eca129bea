import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { createServer } from '../../model/nova/boot.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  connectionsNameHostOfServer,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bootFromVolume = cloudScenario({
  name: 'boot-from-volume',
  about:
    'A server boots from a volume, and a user deletes it at any moment. The attachment ' +
    'becomes attached before the host has connected (docs/openstack.md 5.6). With one fault ' +
    'of each kind, the expectations say what stays behind.',
  release: '2026.1',
  parameters: {
    fault: choice(['none', 'cast-lost', 'driver-error', 'brick-error', 'guest-refuses'], {
      about: 'what fails, once, at any moment',
    }),
  },
  entities: () => ({ servers: {}, volumes: { v1: {} } }),
  operations: () => ({
    boot: createServer.start('s1', 'v1', 'h1'),
    delete: deleteServer.start('s1'),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  reachable: [
    cloud.reachable(
      'the guest runs from the volume',
      ({ instances, disks }) =>
        instances['s1']?.vm_state === 'active' && disks['s1/v1'] !== undefined,
    ),
    cloud.reachable(
      'the server is gone and the volume is free',
      ({ instances, volumes }, processes) =>
        instances['s1'] === undefined &&
        volumes['v1']?.status === 'available' &&
        processes['boot']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { fault: 'none' },
      violates: { [noUnmapUnderDevice.name]: 56, [noDeviceWithoutAttachment.name]: 63 },
      states: 344,
      reason:
        'a deletion uses the mapping that nova-api read before, without connection_info (see ' +
        'delete-during-attach)',
    },
    {
      given: { fault: 'none', delete_bdms: 'under_lock' },
      states: 313,
      reason:
        'the flows violate nothing without a fault if the deletion reads the mapping under the ' +
        'lock',
    },
    {
      given: { fault: 'cast-lost' },
      violates: {
        [noUnmapUnderDevice.name]: 56,
        [everyBdmHasAttachment.name]: 50,
        [connectionsNameHostOfServer.name]: 50,
        [noDeviceWithoutAttachment.name]: 63,
      },
      reason:
        'a lost cast adds this: a server that no host builds keeps its attachment. If the ' +
        'message of the deletion is lost, the build that noticed the deletion has deleted the ' +
        'attachment',
    },
    {
      given: { fault: 'driver-error' },
      violates: { [noUnmapUnderDevice.name]: 56, [noDeviceWithoutAttachment.name]: 63 },
      reason: 'a driver error adds this: the attachment stays reserved (bug 1899649)',
    },
    {
      given: { fault: 'brick-error' },
      violates: {
        [noUnmapUnderDevice.name]: 56,
        [everyBdmHasAttachment.name]: 52,
        [connectionsNameHostOfServer.name]: 52,
        [noDeviceWithoutAttachment.name]: 63,
      },
      reason:
        'Nova deletes the attachment, and the mapping refers to it until the server is deleted',
    },
    {
      given: { fault: 'guest-refuses' },
      violates: {
        [noUnmapUnderDevice.name]: 56,
        [everyBdmHasAttachment.name]: 54,
        [connectionsNameHostOfServer.name]: 54,
        [noDeviceWithoutAttachment.name]: 63,
        [allAgreeOnAttachments.name]: 47,
      },
      reason:
        'a guest that cannot start leaves the same; one that cannot be ended leaves the server ' +
        'in error, and a user may delete it again',
    },
  ],
});
