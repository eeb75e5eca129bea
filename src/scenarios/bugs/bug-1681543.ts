import { attach } from '../../model/cinder/attach.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachOf } from '../../model/nova/requests.ts';
import { cloud } from '../../model/world/cloud.ts';

const notTaken = 'a guest is not deprived of a volume that Cinder has attached';

export const bug1681543 = cloudScenario({
  name: 'bug-1681543',
  about:
    'The worker of cinder-api that serves os-attach dies after cinder-volume has done the ' +
    'work, and the client of Nova sends the request again. Cinder refused it, because the ' +
    'server has the volume already. Since cinder 11 it answers with the existing ' +
    'attachment.',
  release: 'pike',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: (_point, release) => ({ attach: attachOf(release, 's1', 'v1') }),
  crashes: () => [attach.at('volume_rpc_reply')],
  reachable: [
    cloud.reachable('the server gets the volume', ({ disks, volumes }) => {
      return disks['s1/v1'] !== undefined && volumes['v1']?.status === 'in-use';
    }),
    cloud.step(notTaken, (before, { label }) => {
      const isInUse = before.volumes['v1']?.status === 'in-use';
      return label !== 'detach_from_guest' || !isInUse;
    }),
  ],
  expect: [
    {
      given: { release: 'ocata' },
      violates: { [notTaken]: 44 },
      reason:
        'bug 1681543: Cinder refuses the second request, and Nova takes the volume back from ' +
        'the guest; nothing is left behind',
    },
    {
      given: { release: 'pike' },
      reason: 'cinder 11 answers the second request with the attachment',
    },
    {
      given: { release: 'pike', attach_again: 'refused' },
      violates: { [notTaken]: 44 },
      reason: 'if Cinder refuses the second request, the bug is back',
    },
    {
      given: { release: '2026.1' },
      reason: 'Nova does not use os-attach; it may send attachment_complete again',
    },
  ],
});
