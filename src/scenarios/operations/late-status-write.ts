import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { volumeStatusFitsAttachments } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const lateStatusWrite = cloudScenario({
  name: 'late-status-write',
  about:
    'A user detaches a volume from one server and attaches it to another as soon as it is ' +
    'available. Before cinder 20 cinder-api wrote the status once more at the end of the ' +
    'detach, from a list of rows that it had read before the attach.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h2' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({
    detach: detachVolume.start('s1', 'v1'),
    attach: attachVolume.start('s2', 'v1'),
  }),
  reachable: [
    cloud.reachable(
      'the volume has moved from one server to the other',
      ({ disks, volumes }) =>
        disks['s1/v1'] === undefined &&
        disks['s2/v1'] !== undefined &&
        volumes['v1']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { release: 'victoria' },
      violates: { [volumeStatusFitsAttachments.name]: 75 },
      reason: 'the volume is available while a server uses it; any server may attach it again',
    },
    {
      given: { release: 'wallaby' },
      reason: 'nova 23 refuses the attach as long as the first server has a BDM of the volume',
    },
    {
      given: { release: 'xena', bdm_check: 'instance' },
      violates: { [volumeStatusFitsAttachments.name]: 75 },
      reason: 'only that check prevents a second attach, and it knows one cell',
    },
    {
      given: { release: 'yoga', bdm_check: 'instance' },
      reason: 'cinder 20 writes the status together with the deletion of the row',
    },
    {
      given: { release: 'yoga', bdm_check: 'instance', status_writers: 'both' },
      violates: { [volumeStatusFitsAttachments.name]: 75 },
      reason: 'if cinder-api writes the status again, the race is back',
    },
    { given: { release: '2026.1' }, reason: 'Cinder writes the status once, as in yoga' },
  ],
});
