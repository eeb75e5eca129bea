import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import { cloud } from '../../model/world/cloud.ts';

export const failedSwap = cloudScenario({
  name: 'failed-swap',
  about:
    'nova-api cannot send the message that begins the replacement of a volume, after it has ' +
    'told Cinder. It rolls the first volume back and deletes the attachment of the second.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: { moved: true }, v2: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({ swap: swapVolume.start('s1', 'v1', 'v2') }),
  faults: () => ({ 'conductor-error': 1 }),
  reachable: [
    cloud.reachable('the volume is replaced', ({ disks }) => disks['s1/v2'] !== undefined),
    cloud.reachable(
      'the volume is not replaced, and everything is as before',
      ({ volumes, attachments }, processes) =>
        processes['swap']?.at === 'done' &&
        volumes['v1']?.status === 'in-use' &&
        volumes['v2']?.status === 'available' &&
        Object.keys(attachments).length === 1,
    ),
  ],
  expect: [{ given: {}, reason: 'nothing stays behind' }],
});
