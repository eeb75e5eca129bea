import { uploadToImage } from '../../model/cinder/upload.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import {
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1685843 = cloudScenario({
  name: 'bug-1685843',
  about:
    'cinder-volume cannot connect a volume that it copies to an image. Before cinder 11 it left ' +
    'the connection and the export, unless os-brick had said which device is not readable.',
  release: '2026.1',
  entities: () => ({ servers: {}, volumes: { v1: {} } }),
  operations: () => ({ upload: uploadToImage.start('v1', 'h1') }),
  faults: () => ({ 'brick-error': 1 }),
  reachable: [
    cloud.reachable(
      'the copy is over and the volume is free',
      ({ volumes, mappings }, processes) =>
        volumes['v1']?.status === 'available' &&
        Object.keys(mappings).length === 0 &&
        processes['upload']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { release: 'ocata' },
      violates: {
        [noDeviceWithoutAttachment.name]: 13,
        [noMappingWithoutAttachment.name]: 10,
      },
      reason:
        'bug 1685843: the volume stays mapped to the host of cinder-volume. Or the device that ' +
        'was read cannot be flushed, and stays as well (cinder 11 removes it by force)',
    },
    { given: { release: 'pike' }, reason: 'cinder 11 terminates the connection' },
    { given: { release: '2026.1' }, reason: 'as in cinder 11' },
    {
      given: { release: '2026.1', failed_copy_connect: 'kept' },
      violates: { [noMappingWithoutAttachment.name]: 9 },
      reason: 'it is this that mends it',
    },
  ],
});
