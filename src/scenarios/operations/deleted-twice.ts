import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { startCompute } from '../../model/operator/operator.ts';
import { guestReachesItsDisks, noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noSessionWithoutDevice,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const deletedTwice = cloudScenario({
  name: 'deleted-twice',
  about:
    'Two requests delete one server, and both read it before either marks it as being ' +
    'deleted. While the host is up, Nova ignores the later one. Here nova-compute is down, ' +
    'or dies before it has taken the first message. Then nova-api deletes the server, and ' +
    'the service finds both the message and the guest when it is back.',
  release: '2026.1',
  parameters: {
    compute: choice(['down', 'dies'], {
      about: 'whether nova-compute is down from the beginning, or dies at some moment',
    }),
  },
  entities: ({ compute }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
    down: compute === 'down' ? ['h1'] : [],
  }),
  operations: () => ({
    delete1: deleteServer.start('s1'),
    delete2: deleteServer.start('s1'),
    operator: startCompute.start('h1'),
  }),
  faults: ({ compute }) => (compute === 'dies' ? { 'compute-down': 1 } : {}),
  reachable: [
    cloud.reachable(
      'server and guest are gone, and the volume is free',
      ({ instances, disks, devices, volumes }) =>
        instances['s1'] === undefined &&
        Object.keys(disks).length === 0 &&
        Object.keys(devices).length === 0 &&
        volumes['v1']?.status === 'available',
    ),
  ],
  expect: [
    {
      given: { compute: 'down' },
      violates: {
        [noUnmapUnderDevice.name]: 10,
        [guestReachesItsDisks.name]: 10,
        [noDeviceWithoutAttachment.name]: 28,
      },
      reason:
        'noUnmapUnderDevice and guestReachesItsDisks are inherent to the design (see ' +
        'local-delete). If the service comes back and a second deletion comes after the ' +
        'mappings are gone and before the server is, nova-compute finds no mappings: it ends ' +
        'the guest and disconnects nothing, and the periodic clean-up finds no guest any more',
    },
    {
      given: { compute: 'dies' },
      violates: {
        [noUnmapUnderDevice.name]: 11,
        [guestReachesItsDisks.name]: 11,
        [everyBdmHasAttachment.name]: 28,
        [attachedVolumeIsWorkingDisk.name]: 10,
        [noDeviceWithoutAttachment.name]: 21,
        [noSessionWithoutDevice.name]: 15,
        [allAgreeOnAttachments.name]: 10,
      },
      reason:
        'a crash violates the same; and a deletion waits or is half done as long as the service ' +
        'is down',
    },
  ],
});
