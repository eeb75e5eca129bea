import { volumeDelete } from '../../model/cinder/volume-delete.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { allAgreeOnAttachments, everyBdmHasAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1937084 = cloudScenario({
  name: 'bug-1937084',
  about:
    'R14: a user detaches a volume, and its owner deletes it as soon as Cinder shows it ' +
    'available. cinder-volume showed that before cinder-api was done, and the end of the ' +
    'detach no longer found the volume. Since cinder 20 one transaction of cinder-api ends ' +
    'the detach.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({ detach: detachVolume.start('s1', 'v1'), delete: volumeDelete.start('v1') }),
  reachable: [
    cloud.reachable(
      'the volume is detached, and then deleted',
      ({ bdms, volumes }) => bdms['bdm-s1-v1'] === undefined && volumes['v1'] === undefined,
    ),
  ],
  expect: [
    {
      given: { release: 'xena' },
      violates: { [everyBdmHasAttachment.name]: 34, [allAgreeOnAttachments.name]: 34 },
      reason:
        'bug 1937084: cinder-api answers 404, and Nova keeps the BDM of a volume that is gone',
    },
    { given: { release: 'yoga' }, reason: 'cinder 20 and nova 25 mend it' },
    {
      given: { release: 'yoga', status_writers: 'both', delete_ignores_not_found: 'no' },
      violates: { [everyBdmHasAttachment.name]: 34, [allAgreeOnAttachments.name]: 34 },
      reason: 'without these two changes the bug is back',
    },
    {
      given: { release: 'yoga', delete_ignores_not_found: 'no' },
      reason: 'cinder 20: the volume is not available before cinder-api is done with it',
    },
    {
      given: { release: 'yoga', status_writers: 'both' },
      reason: 'nova 25 counts an attachment that is gone as deleted',
    },
    { given: { release: '2026.1' }, reason: 'the volume is available at the end, as in yoga' },
  ],
});
