import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { createServer } from '../../model/nova/boot.ts';
import { attachOf } from '../../model/nova/requests.ts';
import { writtenByOneGuest } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  connectionsNameHostOfServer,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1581230 = cloudScenario({
  name: 'bug-1581230',
  about:
    'R7: two servers ask for the same free volume. Each request read the status and then ' +
    'wrote it, so both continued. Cinder 8 compares and swaps the status. That fix is older ' +
    'than any preset, so the switch reserve stands for it. A server that boots from a ' +
    'volume only read the status; nova 16 reserves the volume.',
  release: 'newton',
  parameters: {
    asked: choice(['attach', 'boot'], { about: 'what the two requests ask for' }),
  },
  entities: ({ asked }) => ({
    servers: asked === 'attach' ? { s1: 'h1', s2: 'h2' } : {},
    volumes: { v1: {} },
  }),
  operations: ({ asked }, release) =>
    asked === 'attach'
      ? { attach1: attachOf(release, 's1', 'v1'), attach2: attachOf(release, 's2', 'v1') }
      : {
          boot1: createServer.start('s1', 'v1', 'h1'),
          boot2: createServer.start('s2', 'v1', 'h2'),
        },
  reachable: [
    cloud.reachable(
      'the volume is a disk of one guest',
      ({ volumes, disks }) => volumes['v1']?.status === 'in-use' && Object.keys(disks).length === 1,
    ),
  ],
  expect: [
    {
      given: { reserve: 'check_then_act' },
      violates: {
        [writtenByOneGuest.name]: 54,
        [volumeStatusFitsAttachments.name]: 68,
        [noDeviceWithoutAttachment.name]: 68,
        [noMappingWithoutAttachment.name]: 68,
        [allAgreeOnAttachments.name]: 68,
      },
      reason: 'bugs 1581230 and 1238093: both requests find the volume available',
    },
    { given: { release: 'newton' }, reason: 'cinder 8 refuses the second reserve' },
    { given: { release: '2026.1' }, reason: 'attachment_create reserves by compare-and-swap' },
    {
      given: { asked: 'boot', release: 'ocata' },
      violates: {
        [writtenByOneGuest.name]: 51,
        [connectionsNameHostOfServer.name]: 72,
        [noDeviceWithoutAttachment.name]: 53,
        [noMappingWithoutAttachment.name]: 53,
        [allAgreeOnAttachments.name]: 53,
      },
      reason:
        'bug 1581230: no step reserves, and the second build takes the attached volume for its ' +
        'own',
    },
    {
      given: { asked: 'boot', release: 'pike' },
      reason: 'nova 16: Cinder refuses the second reserve',
    },
    {
      given: { asked: 'boot', release: 'pike', boot_reserves: 'no' },
      violates: {
        [writtenByOneGuest.name]: 51,
        [connectionsNameHostOfServer.name]: 72,
        [noDeviceWithoutAttachment.name]: 53,
        [noMappingWithoutAttachment.name]: 53,
        [allAgreeOnAttachments.name]: 53,
      },
      reason: 'without this reserve the bug is back',
    },
    {
      given: { asked: 'boot', release: '2026.1' },
      reason: 'Cinder refuses the second attachment_create',
    },
  ],
});
