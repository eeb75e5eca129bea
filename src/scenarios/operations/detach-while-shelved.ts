import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { shelveServer, unshelveServer } from '../../model/nova/shelve.ts';
import { detachVolumeShelvedOffloaded } from '../../model/nova/shelved.ts';
import { guestReachesItsDisks, noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  everyAttachmentHasBdm,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const detachWhileShelved = cloudScenario({
  name: 'detach-while-shelved',
  about:
    'A user detaches a volume from a server that is on no host, which nova-api does alone, ' +
    'and unshelves the server meanwhile. nova-api holds no lock that nova-compute respects ' +
    '(docs/openstack.md 8.6).',
  release: '2026.1',
  parameters: {
    attached: choice(['while', 'before'], {
      about: 'whether the user attached the volume while the server was on no host, or before',
    }),
    meanwhile: choice(['nothing', 'unshelve'], { about: 'the other request' }),
  },
  entities: ({ attached }) => ({
    servers: { s1: attached === 'while' ? null : 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: ({ attached, meanwhile }) => ({
    detach: detachVolumeShelvedOffloaded.start('s1', 'v1'),
    ...(attached === 'before' ? { shelve: shelveServer.start('s1') } : {}),
    ...(meanwhile === 'unshelve' ? { unshelve: unshelveServer.start('s1', 'h1') } : {}),
  }),
  reachable: [
    cloud.reachable(
      'the volume is free, and Nova has forgotten it',
      ({ volumes, bdms }) =>
        volumes['v1']?.status === 'available' && bdms['bdm-s1-v1'] === undefined,
    ),
  ],
  expect: [
    {
      given: { attached: 'while', meanwhile: 'nothing' },
      reason: 'cinder-volume finds no connector and asks no driver (bug 1738254)',
    },
    {
      given: { attached: 'before', meanwhile: 'nothing' },
      reason: 'the row is reserved, so Cinder has nothing to unmap',
    },
    {
      given: { attached: 'while', meanwhile: 'unshelve' },
      violates: {
        [noUnmapUnderDevice.name]: 41,
        [guestReachesItsDisks.name]: 44,
        [volumeStatusFitsAttachments.name]: 44,
        [everyAttachmentHasBdm.name]: 61,
        [noDeviceWithoutAttachment.name]: 48,
        [noMappingWithoutAttachment.name]: 34,
        [allAgreeOnAttachments.name]: 48,
      },
      reason:
        'a detach that has passed its check deletes the attachment that nova-compute is ' +
        'connecting: Cinder unmaps the volume under the starting guest, or leaves it mapped ' +
        'without an attachment (as D6)',
    },
    {
      given: { attached: 'before', meanwhile: 'unshelve' },
      violates: {
        [noUnmapUnderDevice.name]: 74,
        [guestReachesItsDisks.name]: 77,
        [volumeStatusFitsAttachments.name]: 74,
        [everyAttachmentHasBdm.name]: 94,
        [noDeviceWithoutAttachment.name]: 78,
        [noMappingWithoutAttachment.name]: 64,
        [allAgreeOnAttachments.name]: 78,
      },
      reason: 'a volume from before the shelving meets the same',
    },
  ],
});
