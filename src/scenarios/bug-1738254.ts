import { cloud } from '../model/cloud.ts';
import {
  attachVolumeShelvedOffloaded,
  detachVolumeShelvedOffloaded,
} from '../model/nova/shelved.ts';
import { Q1, Q2b } from '../model/properties/at-rest.ts';
import { V1, V3 } from '../model/properties/liveness.ts';
import { releaseNames } from '../model/releases.ts';
import { situation } from '../model/situation.ts';
import { choice } from '../spec/parameters.ts';

export const bug1738254 = situation({
  name: 'bug-1738254',
  about:
    'R20: a volume that was attached to a server on no host is detached again. The attachment never had a connector, ' +
    'and Cinder asked the driver to terminate it all the same. Since then it does not ask.',
  // Before Queens Nova attached without the attachments API.
  release: ({ release }) => release,
  parameters: {
    release: choice(['queens', ...releaseNames.slice(releaseNames.indexOf('rocky'))], {
      default: '2026.1',
      about: 'the release of OpenStack',
    }),
    asked: choice(['detach', 'attach-and-detach'], {
      about: 'whether the volume is attached before, or is being attached meanwhile',
    }),
  },
  entities: ({ asked }) => ({
    servers: { s1: null },
    volumes: { v1: {} },
    attached: asked === 'detach' ? [['s1', 'v1']] : [],
  }),
  operations: ({ asked }) => ({
    detach: detachVolumeShelvedOffloaded.start('s1', 'v1'),
    ...(asked === 'detach' ? {} : { attach: attachVolumeShelvedOffloaded.start('s1', 'v1') }),
  }),
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
      violates: { [Q2b.name]: 10 },
      because:
        'bug 1738254: the driver raises, Nova logs that and forgets the attachment, which stays',
    },
    { given: { release: 'queens' }, because: 'cinder 12: the driver is not asked' },
    { given: { release: '2026.1' }, because: 'the driver is not asked' },
    {
      given: { release: '2026.1', asked: 'attach-and-detach' },
      violates: { [Q1.name]: 20, [Q2b.name]: 14, [V1.name]: 14, [V3.name]: 14 },
      because:
        'another matter, found with this model: nova-api holds no lock here, so the BDM may go before the attachment is ' +
        'known, and attachment_complete writes in-use after the row is gone',
    },
  ],
});
