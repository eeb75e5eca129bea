import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { createServer } from '../../model/nova/boot.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import {
  everyAttachmentHasBdm,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1404867 = cloudScenario({
  name: 'bug-1404867',
  about:
    'R34: a server that boots from a volume fits on no host, and its user deletes it in ' +
    'error. Nova never wrote its block device mappings to a database, so no request frees ' +
    'the volume. Nova 17 writes them to cell0.',
  release: '2026.1',
  parameters: {
    deleted: choice(['in-error', 'at-any-moment'], { about: 'when the server is deleted' }),
  },
  entities: () => ({ servers: {}, volumes: { v1: {} } }),
  operations: ({ deleted }) => ({
    boot: createServer.start('s1', 'v1', null),
    delete: deleteServer.start('s1', deleted === 'in-error' ? 'error' : null),
  }),
  reachable: [
    cloud.never(
      'Nova answers the deletion of a server on no host before the server is gone',
      ({ instances }, processes) =>
        instances['s1']?.task_state === 'deleting' && processes['delete']?.at === 'done',
    ),
    cloud.reachable(
      'the server is in error while the volume is held for it',
      ({ instances, volumes }) =>
        instances['s1']?.vm_state === 'error' && volumes['v1']?.status !== 'available',
    ),
  ],
  expect: [
    {
      given: { release: 'pike' },
      violates: { [volumeStatusFitsAttachments.name]: 12 },
      reason:
        'bug 1404867: the deletion finds no block device mapping, and the volume stays ' +
        'attaching',
    },
    { given: { release: 'queens' }, reason: 'nova 17: the deletion finds the mapping in cell0' },
    { given: { release: '2026.1' }, reason: 'the deletion finds the mapping, as in nova 17' },
    {
      given: { release: '2026.1', deleted: 'at-any-moment' },
      reason: 'Nova does not put a server in error that is gone',
    },
    {
      given: { release: '2026.1', buried_bdms: 'none' },
      violates: { [everyAttachmentHasBdm.name]: 14 },
      reason:
        'without this write the bug is back: the attachment stays, and the volume stays ' +
        'reserved',
    },
  ],
});
