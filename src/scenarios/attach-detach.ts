import { cloud } from '../model/cloud.ts';
import { cloudScenario } from '../model/cloud-scenario.ts';
import { faultNames } from '../model/faults.ts';
import { attachOf, detachOf } from '../model/nova/requests.ts';
import { S2 } from '../model/properties/always.ts';
import { Q1, Q2, Q2b, Q4, Q5, Q6, Q9 } from '../model/properties/at-rest.ts';
import { V1, V2, V3, V4 } from '../model/properties/liveness.ts';
import { choice } from '../spec/parameters.ts';

export const attachDetach = cloudScenario({
  name: 'attach-detach',
  about:
    'One volume is detached from a server while another one is attached to it. Nothing ' +
    'goes wrong unless something fails: what one failure of each kind leaves behind.',
  release: '2026.1',
  parameters: {
    fault: choice(['none', ...faultNames], { about: 'what fails, once, at any moment' }),
  },
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: [['s1', 'v1']],
  }),
  operations: (_point, release) => ({
    detach: detachOf(release, 's1', 'v1'),
    attach: attachOf(release, 's1', 'v2'),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  liveness: 'services',
  reachable: [
    cloud.reachable(
      'the first volume is free again and the second is a disk of the guest',
      ({ volumes, disks }) =>
        volumes['v1']?.status === 'available' &&
        volumes['v2']?.status === 'in-use' &&
        disks['s1/v2'] !== undefined,
    ),
  ],
  expect: [
    { given: { fault: 'none' }, states: 624, because: 'the flows are right when nothing fails' },
    {
      given: { fault: 'cast-lost' },
      violates: {
        [Q1.name]: 49,
        [Q9.name]: 43,
        [V1.name]: 43,
        [V2.name]: 49,
        [V3.name]: 43,
        [V4.name]: 49,
      },
      because:
        'a lost cast leaves the volume detaching, or reserved (docs/openstack.md 5.4 A10, 5.5 T3)',
    },
    {
      given: { fault: 'crash' },
      violates: {
        [Q1.name]: 12,
        [Q2.name]: 31,
        [Q2b.name]: 40,
        [Q4.name]: 16,
        [Q6.name]: 20,
        [Q9.name]: 16,
        [V1.name]: 21,
        [V2.name]: 12,
        [V3.name]: 21,
        [V4.name]: 12,
      },
      because: 'no service repairs what it left half done (docs/openstack.md 9.2)',
    },
    {
      given: { fault: 'rest-500' },
      violates: {
        [Q1.name]: 48,
        [Q2b.name]: 42,
        [Q9.name]: 85,
        [V1.name]: 42,
        [V2.name]: 48,
        [V3.name]: 42,
        [V4.name]: 48,
      },
      because: 'begin_detaching, create and complete are not sent again (docs/openstack.md 5.7)',
    },
    {
      given: { fault: 'rest-504' },
      violates: {
        [Q1.name]: 48,
        [Q2b.name]: 42,
        [Q9.name]: 85,
        [V1.name]: 42,
        [V2.name]: 48,
        [V3.name]: 42,
        [V4.name]: 48,
      },
      because: 'begin_detaching, create and complete are not sent again (docs/openstack.md 5.7)',
    },
    {
      given: { fault: 'rpc-timeout' },
      violates: { [Q1.name]: 85, [Q2.name]: 37, [Q9.name]: 37, [V1.name]: 85, [V3.name]: 37 },
      because: 'the callee goes on after the caller has given up (docs/openstack.md 5.7, D16)',
    },
    { given: { fault: 'driver-error' }, because: 'the failure handlers put everything back' },
    {
      given: { fault: 'brick-error' },
      violates: { [Q4.name]: 62, [Q9.name]: 62, [V4.name]: 62 },
      because:
        'a failed disconnect rolls the volume back, but the guest has lost the disk (5.5 T7)',
    },
    { given: { fault: 'guest-refuses' }, because: 'roll_detaching puts everything back' },
    {
      given: { fault: 'conductor-error' },
      violates: {
        [Q1.name]: 48,
        [Q2b.name]: 42,
        [V1.name]: 42,
        [V2.name]: 48,
        [V3.name]: 42,
        [V4.name]: 48,
      },
      because: 'the BDM is destroyed and the attachment is not (D4)',
    },
    {
      given: { fault: 'array-event' },
      violates: { [S2.name]: 65, [Q5.name]: 71 },
      because:
        'no lock of the host keeps the array from making it look again (docs/openstack.md 6.5)',
    },
  ],
});
