import { extendVolume } from '../../model/cinder/extend.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { resizeServer } from '../../model/nova/cold-migrate.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { shelveServer } from '../../model/nova/shelve.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

const moves = {
  shelve: () => shelveServer.start('s1'),
  resize: () => resizeServer.start('s1', 'h2'),
  rebuild: () => rebuildServer.start('s1', 'v1'),
} as const;

export const extendWhileMoved = cloudScenario({
  name: 'extend-while-moved',
  about:
    'A user extends a volume while Nova reserves it by a second attachment. Cinder accepts ' +
    'the attachment by the status that it read before, and the end of the extension writes ' +
    'in-use, whatever status the attachments require.',
  release: '2026.1',
  parameters: {
    move: choice(['shelve', 'resize', 'rebuild'], { about: 'the request to the server' }),
  },
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: ({ move }) => ({ extend: extendVolume.start('v1'), move: moves[move]() }),
  reachable: [
    cloud.reachable(
      'both requests have ended',
      (_state, processes) => processes['extend']?.at === 'done' && processes['move']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { move: 'shelve' },
      violates: {
        [volumeStatusFitsAttachments.name]: 36,
        [attachedVolumeIsWorkingDisk.name]: 24,
        [allAgreeOnAttachments.name]: 24,
      },
      reason:
        'the volume of the shelved server is in-use, with a reserved attachment; or Cinder ' +
        'refuses that one, and Nova gives the server back with its guest off',
    },
    {
      given: { move: 'resize' },
      reason: 'the destination attaches the volume, whatever its status is',
    },
    {
      given: { move: 'rebuild' },
      violates: { [volumeStatusFitsAttachments.name]: 47 },
      reason:
        'Cinder writes an image only to a reserved volume: the server is in error, and the ' +
        'volume in-use without being attached',
    },
  ],
});
