import { forceDetach } from '../../model/cinder/operator.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { createServer } from '../../model/nova/boot.ts';
import { everyBdmHasAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const forceDetachAgain = cloudScenario({
  name: 'force-detach-again',
  about:
    'An operator detaches the volume of a shelved server by force, and asks again ' +
    'meanwhile. Another server boots from the volume as soon as it is free. The lock of ' +
    'os-detach, and a second look at the attachment, keep the export of the new server.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: null },
    volumes: { v1: { target: 'own' } },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({
    force1: forceDetach.start('v1', 'attachment-s1-v1', 'h1'),
    force2: forceDetach.start('v1', 'attachment-s1-v1', 'h1'),
    boot: createServer.start('s2', 'v1', 'h2'),
  }),
  reachable: [
    cloud.reachable(
      'the other server runs from the volume',
      ({ disks }, processes) =>
        disks['s2/v1'] !== undefined &&
        processes['force1']?.at === 'done' &&
        processes['force2']?.at === 'done',
    ),
  ],
  expect: [
    {
      violates: { [everyBdmHasAttachment.name]: 29 },
      reason:
        'Cinder does not ask Nova, which keeps its mapping (docs/openstack.md 8.11); the new ' +
        'server is not disturbed',
    },
  ],
});
