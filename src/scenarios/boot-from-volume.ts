import { cloud } from '../model/cloud.ts';
import { createServer } from '../model/nova/boot.ts';
import { deleteServer } from '../model/nova/delete.ts';
import { Q2, Q3 } from '../model/properties/at-rest.ts';
import { situation } from '../model/situation.ts';
import { choice } from '../spec/parameters.ts';

export const bootFromVolume = situation({
  name: 'boot-from-volume',
  about:
    'A server is created that boots from a volume, and is deleted at any moment. The attachment is attached before the ' +
    'host has connected (DOMAIN.md 5.6); what one failure of each kind leaves behind.',
  release: '2026.1',
  parameters: {
    fault: choice(['none', 'cast-lost', 'driver-error', 'brick-error', 'guest-refuses'], {
      about: 'what fails, once, at any moment',
    }),
  },
  entities: () => ({ servers: {}, volumes: { v1: {} } }),
  operations: () => ({
    boot: createServer.start('s1', 'v1', 'h1'),
    delete: deleteServer.start('s1'),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  reachable: [
    cloud.reachable(
      'the guest runs from the volume',
      ({ instances, disks }) =>
        instances['s1']?.vm_state === 'active' && disks['s1/v1'] !== undefined,
    ),
    cloud.reachable(
      'the server is gone and the volume is free',
      ({ instances, volumes }, processes) =>
        instances['s1'] === undefined &&
        volumes['v1']?.status === 'available' &&
        processes['boot']?.at === 'done',
    ),
  ],
  expect: [
    { given: { fault: 'none' }, states: 208, because: 'the flows are right when nothing fails' },
    {
      given: { fault: 'cast-lost' },
      because: 'a server that nobody builds holds what it was given',
    },
    { given: { fault: 'driver-error' }, because: 'the attachment stays reserved (bug 1899649)' },
    {
      given: { fault: 'brick-error' },
      violates: { [Q2.name]: 51, [Q3.name]: 51 },
      because:
        'the attachment is deleted, and the mapping refers to it until the server is deleted',
    },
    {
      given: { fault: 'guest-refuses' },
      violates: { [Q2.name]: 57, [Q3.name]: 57 },
      because: 'the same when the guest cannot be started',
    },
  ],
});
