import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { evacuate } from '../../model/nova/evacuate.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1978983 = cloudScenario({
  name: 'bug-1978983',
  about:
    'A host dies while one of its servers migrates live, and the task state of the server ' +
    'stays. Nova refused to evacuate a server with a task state, so no host could start it. ' +
    'Since nova 26 an evacuation accepts any task state.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
    down: ['h1'],
    fenced: ['s1'],
    busy: { s1: 'migrating' },
  }),
  operations: () => ({ evacuate: evacuate.start('s1', 'h2') }),
  reachable: [
    cloud.reachable(
      'the server runs on another host, with its volume',
      ({ instances, disks }) =>
        instances['s1']?.host === 'h2' &&
        instances['s1'].task_state === null &&
        disks['s1/v1'] === 'h2/array/0',
    ),
  ],
  expect: [
    {
      given: { release: 'yoga' },
      violates: {
        [attachedVolumeIsWorkingDisk.name]: 1,
        [allAgreeOnAttachments.name]: 1,
        ['the server runs on another host, with its volume']: null,
      },
      reason: 'bug 1978983: Nova refuses the evacuation, and the guest stays gone',
    },
    { given: { release: 'zed' }, reason: 'nova 26 accepts the evacuation' },
    { given: { release: '2026.1' }, reason: 'Nova accepts the evacuation, as in nova 26' },
    {
      given: { release: '2026.1', evacuated_tasks: 'none' },
      violates: {
        [attachedVolumeIsWorkingDisk.name]: 1,
        [allAgreeOnAttachments.name]: 1,
        ['the server runs on another host, with its volume']: null,
      },
      reason: 'if Nova accepts no task state, the bug is back',
    },
  ],
});
