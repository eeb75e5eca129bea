import { describe, expect, test } from 'vitest';
import { Search } from '../../src/index.ts';
import { cloudWith } from '../../src/model/cloud-scenario/start.ts';
import { newestRelease } from '../../src/model/releases/release-names.ts';
import { switchesOf } from '../../src/model/releases/releases.ts';
import {
  attachVolume,
  cloud,
  cloudScenario,
  idsOf,
  madeBy,
  resizeServer,
  volumeStatusFitsAttachments,
} from '../../src/openstack.ts';

const entities = {
  servers: { s1: 'h1', s2: 'h2' },
  volumes: { v1: {}, v2: {} },
  attached: [['s1', 'v1']],
  resized: { s2: 'h1' },
} as const;
const ids = idsOf(entities);

describe('idsOf', () => {
  test('idsOf names the entities at the start of a scenario', () => {
    const begun = cloudWith(switchesOf(newestRelease), entities);
    expect(Object.keys(begun.attachments)).toEqual([ids.attachment('s1', 'v1')]);
    expect(Object.keys(begun.bdms)).toEqual([ids.bdm('s1', 'v1')]);
    expect(Object.keys(begun.disks)).toEqual([ids.disk('s1', 'v1')]);
    expect(Object.keys(begun.migrations)).toEqual([ids.migration('s2')]);
  });

  test('idsOf has the id in its type, and refuses an id that the entities do not have', () => {
    const id: 'attachment-s1-v1' = ids.attachment('s1', 'v1');
    expect(id).toBe('attachment-s1-v1');
    // @ts-expect-error: there is no server s3
    expect(() => ids.attachment('s3', 'v1')).toThrow("there is no server 's3'");
    // @ts-expect-error: there is no volume v3
    expect(() => ids.bdm('s1', 'v3')).toThrow("there is no volume 'v3'");
  });
});

describe('madeBy', () => {
  test('madeBy names the entities that a request makes after its process', () => {
    const made = madeBy('attach');
    const moved = madeBy('resize');
    const scenario = cloudScenario({
      name: 'made',
      about: 'A volume is attached, and then the server is resized.',
      release: newestRelease,
      entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
      operations: () => ({
        attach: attachVolume.start('s1', 'v1'),
        resize: resizeServer.start('s1', 'h2'),
      }),
      reachable: [
        cloud.reachable(
          'all three are there',
          ({ attachments, bdms, migrations }) =>
            attachments[made.attachment] !== undefined &&
            bdms[made.bdm] !== undefined &&
            migrations[moved.migration] !== undefined,
        ),
        cloud.forEntry(volumeStatusFitsAttachments, 'v1'),
      ],
    });
    const { properties } = new Search(scenario, {}).run().result();
    const verdictOf = (wanted: string) => properties.find(({ name }) => name === wanted)?.verdict;
    expect(verdictOf('all three are there')).toBe('holds');
    expect(verdictOf(`${volumeStatusFitsAttachments.name}, of v1`)).toBe(
      verdictOf(volumeStatusFitsAttachments.name),
    );
  });
});
