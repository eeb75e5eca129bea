import { describe, expect, test } from 'vitest';
import { Search } from '../../src/index.ts';
import { forceDetach } from '../../src/model/cinder/operator.ts';
import { volumeDelete } from '../../src/model/cinder/volume-delete.ts';
import { cloudScenario } from '../../src/model/cloud-scenario/cloud-scenario.ts';
import type { Entities } from '../../src/model/cloud-scenario/entities.ts';
import type { FaultName } from '../../src/model/faults/faults.ts';
import { admissionOf } from '../../src/model/nova/admission.ts';
import { deleteServer } from '../../src/model/nova/delete.ts';
import { detachVolume } from '../../src/model/nova/detach.ts';
import { evacuate } from '../../src/model/nova/evacuate.ts';
import { rebootServer } from '../../src/model/nova/reboot.ts';
import { unshelveServer } from '../../src/model/nova/shelve.ts';
import type { ReleaseName } from '../../src/model/releases/release-names.ts';
import { switchesOf } from '../../src/model/releases/releases.ts';
import type { Cloud } from '../../src/model/world/cloud.ts';
import { cloud } from '../../src/model/world/cloud.ts';
import { isAtRest } from '../../src/model/world/services.ts';
import type { Process } from '../../src/spec/process.ts';
import type { Property } from '../../src/spec/questions.ts';

/** The verdicts about a small cloud in which something is asked, by the name of the property. */
function verdictsOf(
  entities: Entities,
  operations: { readonly [pid: string]: Process },
  asked: Property<Cloud>,
  release: ReleaseName = '2026.1',
  faults: { readonly [fault in FaultName]?: number } = {},
): Readonly<Record<string, string>> {
  const scenario = cloudScenario({
    name: 'asked',
    about: 'What becomes of a request.',
    release,
    entities: () => entities,
    operations: () => operations,
    faults: () => faults,
    reachable: [asked],
  });
  const { properties } = new Search(scenario).run().result();
  return Object.fromEntries(properties.map(({ name, verdict }) => [name, verdict]));
}

const shared: Entities = {
  servers: { s1: 'h1', s2: 'h1' },
  volumes: { v1: { multiattach: true } },
  attached: [
    ['s1', 'v1'],
    ['s2', 'v1'],
  ],
};

describe('nova-api', () => {
  test('nova-api since nova 26 evacuates a server that was migrating when its host died', () => {
    const entities: Entities = {
      servers: { s1: 'h1' },
      volumes: { v1: {} },
      attached: [['s1', 'v1']],
      down: ['h1'],
      fenced: ['s1'],
      busy: { s1: 'migrating' },
    };
    const evacuated = cloud.reachable(
      'evacuated',
      ({ instances }) => instances['s1']?.host === 'h2',
    );
    const request = { evacuate: evacuate.start('s1', 'h2') };
    expect(verdictsOf(entities, request, evacuated)['evacuated']).toBe('holds');
    expect(verdictsOf(entities, request, evacuated, 'yoga')['evacuated']).toBe('violated');
  });

  test('nova-api reboots a server hard that hangs rebooting, and one that is stopped', () => {
    const entities: Entities = {
      servers: { s1: 'h1', s2: 'h1' },
      volumes: { v1: {} },
      attached: [['s1', 'v1']],
      busy: { s1: 'rebooting' },
      stopped: ['s2'],
    };
    const both = { one: rebootServer.start('s1'), other: rebootServer.start('s2') };
    const run = cloud.reachable(
      'both run',
      ({ instances }) =>
        instances['s1']?.task_state === null && instances['s2']?.vm_state === 'active',
    );
    expect(verdictsOf(entities, both, run)['both run']).toBe('holds');
  });

  test('nova-api does not reboot a server again whose reboot nova-compute has begun', () => {
    for (const task of ['reboot_pending', 'reboot_started'] as const) {
      expect(admissionOf('reboot', switchesOf('2026.1')).tasks).not.toContain(task);
    }
  });

  test('nova-api ignores a deletion of a server that was being deleted when it read it', () => {
    const gone = cloud.reachable('gone', ({ instances }) => instances['s1'] === undefined);
    const second = { again: deleteServer.start('s1') };
    const busy: Entities = { ...shared, busy: { s1: 'deleting' } };
    expect(verdictsOf(busy, second, gone)['gone']).toBe('violated');
    const down: Entities = { ...busy, down: ['h1'] };
    expect(verdictsOf(down, second, gone)['gone']).toBe('holds');
  });
});

describe('a deletion without the host', () => {
  test('a deletion without the host leaves a server that an unshelve has placed meanwhile, without its mappings', () => {
    const shelved: Entities = {
      servers: { s1: null },
      volumes: { v1: {} },
      attached: [['s1', 'v1']],
    };
    const requests = {
      delete: deleteServer.start('s1'),
      unshelve: unshelveServer.start('s1', 'h1'),
    };
    const stays = cloud.reachable(
      'stays',
      (state, processes) =>
        state.instances['s1']?.task_state === 'deleting' &&
        Object.keys(state.bdms).length === 0 &&
        isAtRest(processes, state),
    );
    expect(verdictsOf(shelved, requests, stays)['stays']).toBe('holds');
  });
});

describe('a detach', () => {
  test('a detach leaves the volume detaching when nova-compute cannot read it', () => {
    const attached: Entities = {
      servers: { s1: 'h1' },
      volumes: { v1: {} },
      attached: [['s1', 'v1']],
    };
    const stays = cloud.reachable(
      'stays',
      (state, processes) =>
        state.volumes['v1']?.status === 'detaching' &&
        state.disks['s1/v1'] !== undefined &&
        processes['detach/n-cpu']?.at === 'done',
    );
    const fault = { 'rest-500': 1 };
    const request = { detach: detachVolume.start('s1', 'v1') };
    expect(verdictsOf(attached, request, stays, '2026.1', fault)['stays']).toBe('holds');
  });
});

describe('os-force_detach', () => {
  const forced = cloud.reachable(
    'ends',
    ({ attachments }) => attachments['attachment-s1-v1'] === undefined,
  );

  test('os-force_detach is refused where a volume has several attachments, since cinder 23', () => {
    const request = { force: forceDetach.start('v1', 'attachment-s1-v1', 'h1') };
    expect(verdictsOf(shared, request, forced)['ends']).toBe('violated');
    expect(verdictsOf(shared, request, forced, '2023.1')['ends']).toBe('holds');
  });
});

describe('cinder-api', () => {
  test('cinder-api deletes no volume that it moves', () => {
    const deleted = cloud.reachable('deleted', ({ volumes }) => volumes['v1'] === undefined);
    const request = { delete: volumeDelete.start('v1') };
    const free: Entities = { servers: {}, volumes: { v1: {} } };
    const moving: Entities = { servers: {}, volumes: { v1: { migrating: true } } };
    expect(verdictsOf(free, request, deleted)['deleted']).toBe('holds');
    expect(verdictsOf(moving, request, deleted)['deleted']).toBe('violated');
  });
});
