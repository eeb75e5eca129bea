import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { refreshAttachment } from '../../model/nova/refresh.ts';
import { noDeviceRemovedUnderGuest } from '../../model/properties/always.ts';
import {
  attachedVolumeIsWorkingDisk,
  connectionsNameHostOfServer,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug2012365 = cloudScenario({
  name: 'bug-2012365',
  about:
    'R29: an operator refreshes the attachment of a stopped server with the connector of ' +
    'another host, and then again with the right one. The second time the host disconnects ' +
    'by the LUN number of the other. Nova 29 refuses the first request.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1', s3: 'h2' },
    volumes: { v1: {}, v2: {}, v3: {} },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v2'],
      ['s3', 'v3'],
    ],
    stopped: ['s1'],
  }),
  operations: () => ({
    wrong: refreshAttachment.start('s1', 'v1', 'h2'),
    right: refreshAttachment.start('s1', 'v1', 'h1'),
  }),
  reachable: [
    cloud.reachable(
      'the attachment of the server is a new one, for its host',
      ({ attachments, bdms }) => {
        const id = bdms['bdm-s1-v1']?.attachment_id ?? '';
        return id !== 'attachment-s1-v1' && attachments[id]?.connector === 'h1';
      },
    ),
  ],
  expect: [
    {
      given: { release: '2023.2' },
      violates: {
        [noDeviceRemovedUnderGuest.name]: 65,
        [connectionsNameHostOfServer.name]: 103,
        [attachedVolumeIsWorkingDisk.name]: 104,
      },
      reason:
        'bug 2012365: the host removes the device of another server; and the connector of the ' +
        'wrong host stays if that request comes last',
    },
    { given: { release: '2024.1' }, reason: 'nova 29 refuses the connector of another host' },
    {
      given: { release: '2024.1', refresh_checks: 'nothing' },
      violates: {
        [noDeviceRemovedUnderGuest.name]: 65,
        [connectionsNameHostOfServer.name]: 103,
        [attachedVolumeIsWorkingDisk.name]: 104,
      },
      reason: 'without this check the bug is back',
    },
    { given: { release: '2026.1' }, reason: 'Nova refuses the connector of another host' },
  ],
});
