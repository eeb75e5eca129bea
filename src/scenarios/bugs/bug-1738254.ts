import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolumeShelvedOffloaded } from '../../model/nova/shelved.ts';
import {
  everyAttachmentHasBdm,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import {
  detachCompletesOrRollsBack,
  detachingVolumeSettles,
} from '../../model/properties/liveness.ts';
import { releaseNames } from '../../model/releases/release-names.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1738254 = cloudScenario({
  name: 'bug-1738254',
  about:
    'R20: a user attaches a volume to a server on no host, and detaches it. The attachment ' +
    'never had a connector, but Cinder asked the driver to terminate the connection. Cinder ' +
    '12 does not ask.',
  // Before Queens Nova attached without the attachments API.
  release: ({ release }) => release,
  parameters: {
    release: choice(['queens', ...releaseNames.slice(releaseNames.indexOf('rocky'))], {
      default: '2026.1',
      about: 'the release of OpenStack',
    }),
  },
  entities: () => ({
    servers: { s1: null },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({ detach: detachVolumeShelvedOffloaded.start('s1', 'v1') }),
  liveness: 'services',
  reachable: [
    cloud.reachable('the volume is in use', ({ volumes }) => volumes['v1']?.status === 'in-use'),
    cloud.reachable(
      'the user has detached it',
      ({ bdms }, processes) =>
        Object.values(processes).every((process) => process?.at === 'done') &&
        Object.keys(bdms).length === 0,
    ),
  ],
  expect: [
    {
      given: { release: 'queens', null_connector: 'terminated' },
      violates: {
        [volumeStatusFitsAttachments.name]: 13,
        [everyAttachmentHasBdm.name]: 13,
        [detachingVolumeSettles.name]: 13,
        [detachCompletesOrRollsBack.name]: 13,
      },
      reason:
        'bug 1738254: the driver raises an error, Nova logs it and forgets the attachment, ' +
        'which stays. Before nova 19 the detach began with begin_detaching (bug 1808089), so ' +
        'the volume stays detaching, too',
    },
    { given: { release: 'queens' }, reason: 'cinder 12 does not ask the driver' },
    { given: { release: '2026.1' }, reason: 'Cinder does not ask the driver' },
  ],
});
