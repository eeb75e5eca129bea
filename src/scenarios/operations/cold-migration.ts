import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { faultNames } from '../../model/faults/faults.ts';
import { endResize, resizeServer } from '../../model/nova/cold-migrate.ts';
import {
  connectedAttachmentIsMapped,
  guestReachesItsDisks,
  noUnmapUnderDevice,
  secondAttachmentOnlyForMove,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  everyAttachmentHasBdm,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const coldMigration = cloudScenario({
  name: 'cold-migration',
  about:
    'A server with a volume moves to another host while it is off, and then its user ' +
    'confirms or reverts the move. Without a fault nothing is violated. With one fault of ' +
    'each kind, the expectations say what stays behind.',
  release: '2026.1',
  parameters: {
    end: choice(['confirm', 'revert'], {
      about: 'the request of the user after the server has moved',
    }),
    fault: choice(['none', ...faultNames], { about: 'what fails, once, at any moment' }),
  },
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: ({ end }) => ({
    resize: resizeServer.start('s1', 'h2'),
    end: endResize.start('s1', end),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  reachable: [
    cloud.never(
      'Nova reverts a resize that its user confirms',
      ({ instances }, processes) =>
        processes['end']?.vars['how'] === 'confirm' &&
        instances['s1']?.task_state === 'resize_reverting',
    ),
    cloud.reachable(
      'the server is on the other host',
      ({ instances, disks }) =>
        instances['s1']?.host === 'h2' && disks['s1/v1']?.startsWith('h2/') === true,
    ),
    cloud.reachable(
      'the server runs and no request is in flight',
      ({ instances, volumes, migrations }) =>
        Object.keys(migrations).length === 1 &&
        instances['s1']?.vm_state === 'active' &&
        instances['s1'].task_state === null &&
        volumes['v1']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { end: 'confirm', fault: 'none' },
      reason: 'the flow violates nothing without a fault',
    },
    { given: { end: 'revert', fault: 'none' }, reason: 'the way back violates nothing either' },
    {
      given: { end: 'confirm', fault: 'driver-error' },
      reason: 'the volume stays reserved, for the server in error',
    },
    {
      given: { end: 'confirm', fault: 'brick-error' },
      reason: 'a source that cannot disconnect stops before it deletes anything',
    },
    {
      given: { end: 'revert', fault: 'rest-500' },
      violates: {
        [noUnmapUnderDevice.name]: 127,
        [secondAttachmentOnlyForMove.name]: 19,
        [guestReachesItsDisks.name]: 130,
        [connectedAttachmentIsMapped.name]: 116,
        [volumeStatusFitsAttachments.name]: 81,
        [everyAttachmentHasBdm.name]: 20,
        [noMappingWithoutAttachment.name]: 145,
        [allAgreeOnAttachments.name]: 66,
      },
      reason:
        'a deletion that Nova sends again may still run when the server has come back, and ' +
        'unmaps the volume from under its guest (docs/openstack.md 5.7)',
    },
    {
      given: { end: 'confirm', fault: 'cast-lost' },
      violates: { [allAgreeOnAttachments.name]: 33 },
      reason: 'the server is on neither host, and no step attaches its volume',
    },
  ],
});
