import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import { everyAttachmentHasBdm } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { isAtRest } from '../../model/world/services.ts';

/** The properties that concern the lock and the BDMs that are read under it. */
const outlives = cloud.never(
  'a volume is attached for ever to a server that is gone',
  (state, processes) =>
    isAtRest(processes, state) &&
    Object.values(state.attachments).some(
      ({ status, instance }) =>
        status === 'attached' && instance !== null && state.instances[instance] === undefined,
    ),
);

export const swapAndDelete = cloudScenario({
  name: 'swap-and-delete',
  about:
    'A user deletes a server while nova-compute replaces its volume. Since nova 23 the two ' +
    'wait for each other, but a deletion uses the BDMs that nova-api read before it waited. ' +
    'A swap that comes second finds no BDM, which no code handles: the attachment that ' +
    'nova-api has made for it stays reserved.',
  release: '2026.1',
  // Since nova 32 only Cinder may ask, and the candidate D31 is a further fault at the end of its
  // migrations.
  site: { swap_for: 'anybody' },
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({
    swap: swapVolume.start('s1', 'v1', 'v2'),
    delete1: deleteServer.start('s1'),
  }),
  reachable: [
    outlives,
    cloud.reachable(
      'the server is gone and both volumes are free',
      ({ instances, volumes }) =>
        instances['s1'] === undefined &&
        volumes['v1']?.status === 'available' &&
        volumes['v2']?.status === 'available',
    ),
  ],
  expect: [
    {
      given: { release: 'victoria' },
      violates: { [everyAttachmentHasBdm.name]: 45, [outlives.name]: 77 },
      reason: 'the deletion does not wait, and knows only the first volume',
    },
    {
      given: { release: 'wallaby' },
      violates: { [everyAttachmentHasBdm.name]: 45, [outlives.name]: 79 },
      reason:
        'the deletion waits, but knows no more: the attachment of the second volume outlives ' +
        'the server',
    },
    {
      given: { release: '2026.1' },
      violates: { [everyAttachmentHasBdm.name]: 43, [outlives.name]: 77 },
      reason: 'the attachment outlives the server, as in nova 23; no bug report is known',
    },
    {
      given: { release: '2026.1', delete_bdms: 'under_lock' },
      violates: { [everyAttachmentHasBdm.name]: 43 },
      reason:
        'reading the BDMs under the lock would mend it, except for a swap that comes second; no ' +
        'release does that',
    },
    {
      given: { release: '2026.1', delete_bdms: 'under_lock', L1_swap: 'none' },
      violates: { [everyAttachmentHasBdm.name]: 43, [outlives.name]: 77 },
      reason: 'both requests must hold the lock',
    },
  ],
});
