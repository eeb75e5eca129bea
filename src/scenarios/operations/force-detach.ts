import { forceDetach } from '../../model/cinder/operator.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import {
  connectedAttachmentIsMapped,
  guestReachesItsDisks,
  noUnmapUnderDevice,
  userCannotUnmapUsedVolume,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const forceDetached = cloudScenario({
  name: 'force-detach',
  about:
    'An operator detaches a multiattach volume by force from one of two servers on two ' +
    'hosts (docs/openstack.md 8.11). Without a connector Cinder unmaps the volume from both ' +
    'hosts. Since 2023.2 Cinder refuses while Nova uses the attachment.',
  release: '2026.1',
  parameters: {
    connector: choice(['h1', 'none'], { about: 'whether the operator names the host' }),
    hosts: choice(['two', 'one'], { about: 'whether the servers run on one host or on two' }),
    fault: choice(['none', 'driver-error'], { about: 'what fails, once' }),
  },
  entities: ({ hosts }) => ({
    servers: { s1: 'h1', s2: hosts === 'two' ? 'h2' : 'h1' },
    volumes: { v1: { multiattach: true } },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v1'],
    ],
  }),
  operations: ({ connector }) => ({
    operator: forceDetach.start('v1', 'attachment-s1-v1', connector === 'none' ? null : connector),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  reachable: [
    cloud.reachable(
      'the operator has an answer',
      (_state, processes) => processes['operator']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { connector: 'h1', hosts: 'one', release: '2023.1' },
      violates: {
        [userCannotUnmapUsedVolume.name]: 1,
        [everyBdmHasAttachment.name]: 15,
        [allAgreeOnAttachments.name]: 15,
      },
      reason: 'the driver counts the other server of the host and keeps the mapping',
    },
    {
      given: { connector: 'h1', release: '2023.1' },
      violates: {
        [noUnmapUnderDevice.name]: 4,
        [guestReachesItsDisks.name]: 4,
        [userCannotUnmapUsedVolume.name]: 1,
        [everyBdmHasAttachment.name]: 15,
        [noDeviceWithoutAttachment.name]: 15,
        [allAgreeOnAttachments.name]: 15,
      },
      reason: 'Cinder asks neither the host nor Nova',
    },
    {
      given: { connector: 'h1', fault: 'driver-error', release: '2023.1' },
      violates: {
        [noUnmapUnderDevice.name]: 4,
        [guestReachesItsDisks.name]: 4,
        [userCannotUnmapUsedVolume.name]: 1,
        [everyBdmHasAttachment.name]: 15,
        [noDeviceWithoutAttachment.name]: 15,
        [allAgreeOnAttachments.name]: 14,
      },
      reason: 'an error of the driver changes nothing; the runs without it violate this',
    },
    {
      given: { connector: 'none', release: '2023.1' },
      violates: {
        [noUnmapUnderDevice.name]: 4,
        [guestReachesItsDisks.name]: 4,
        [connectedAttachmentIsMapped.name]: 4,
        [userCannotUnmapUsedVolume.name]: 1,
        [everyBdmHasAttachment.name]: 15,
        [noDeviceWithoutAttachment.name]: 15,
        [allAgreeOnAttachments.name]: 15,
      },
      reason: 'the other server loses its mapping too, and keeps its attachment',
    },
    {
      given: { connector: 'none', release: '2023.2' },
      reason: 'cinder 23 answers 409, since Nova uses the attachment',
    },
    { given: { connector: 'h1', release: '2026.1' }, reason: 'the gate of cinder 23 refuses' },
    { given: { connector: 'none', release: '2026.1' }, reason: 'the gate of cinder 23 refuses' },
  ],
});
