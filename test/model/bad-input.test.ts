import { describe, expect, test } from 'vitest';
import { Search } from '../../src/index.ts';
import { cloudScenario } from '../../src/model/cloud-scenario/cloud-scenario.ts';
import type { Entities } from '../../src/model/cloud-scenario/entities.ts';
import { resizeServer } from '../../src/model/nova/cold-migrate.ts';
import { convertOffline, convertOnline } from '../../src/model/nova/convert-bdm.ts';
import { evacuate } from '../../src/model/nova/evacuate.ts';
import { liveMigrate } from '../../src/model/nova/live-migration.ts';
import { cloud } from '../../src/model/world/cloud.ts';
import type { Process } from '../../src/spec/process.ts';

const one: Entities = {
  servers: { s1: 'h1' },
  volumes: { v1: {} },
  attached: [['s1', 'v1']],
};

describe('a request that makes no sense', () => {
  // UnableToMigrateToSelf: 400.
  test('a migration of a running server to its own host is refused and changes nothing', () => {
    expect(whatIsDone(one, liveMigrate.start('s1', 'h1'))).toEqual({
      words: ['request.live_migrate'],
      written: [],
    });
  });

  // CannotMigrateToSameHost: 400.
  test('a resize or migration of a server to its own host is refused and changes nothing', () => {
    expect(whatIsDone(one, resizeServer.start('s1', 'h1'))).toEqual({
      words: ['request.resize'],
      written: [],
    });
  });

  // ComputeServiceInUse: 400.
  test('an evacuation of a server from a host that is up is refused and changes nothing', () => {
    expect(whatIsDone(one, evacuate.start('s1', 'h2'))).toEqual({
      words: ['request.evacuate'],
      written: [],
    });
  });

  test('an evacuation of a server to the dead host is refused and changes nothing', () => {
    expect(whatIsDone({ ...one, down: ['h1'] }, evacuate.start('s1', 'h1'))).toEqual({
      words: ['request.evacuate'],
      written: [],
    });
  });
});

describe('a conversion of what is converted', () => {
  test('an offline conversion of a converted attachment ends at once and changes nothing', () => {
    const again = convertOffline.start('s1', 'v1', 'h1', 'adopt-save-update', { task: true });
    expect(whatIsDone(one, again)).toEqual({
      words: ['request.lock_instance', 'request.find_bdm', 'request.end'],
      written: [],
    });
  });

  test('an online conversion of a converted attachment takes the instance lock and gives it back', () => {
    const again = convertOnline.start('s1', 'v1', 'h1', 'adopt-save-update', { lock: true });
    expect(whatIsDone(one, again)).toEqual({
      words: ['request.lock_instance', 'request.find_bdm', 'request.end'],
      written: ['locks.s1@h1'],
    });
  });

  test('a resumed conversion asks Cinder whether the attachment is whole, and writes nothing there', () => {
    const rules = { lock: true, task: true, resumes: true };
    const again = convertOnline.start('s1', 'v1', 'h1', 'adopt-save-update', rules);
    expect(whatIsDone(one, again)).toEqual({
      words: [
        'request.lock_instance',
        'request.find_bdm',
        'request.set_task_state',
        'request.guard_volume',
        'request.get_bdm',
        'request.attachment_get',
        'request/c-api.attachment_show',
        'request.attachment_get_reply',
        'request.volume_get',
        'request/c-api.volume_get',
        'request.volume_get_reply',
        'request.give_up',
        'request.end',
      ],
      written: ['instances.s1.task_state', 'locks.s1@h1'],
    });
  });

  test('a conversion of a volume that the server does not have ends at once', () => {
    const none = convertOnline.start('s1', 'v2', 'h1', 'adopt-save-update', { lock: true });
    expect(whatIsDone(one, none).words).toEqual([
      'request.lock_instance',
      'request.find_bdm',
      'request.end',
    ]);
  });
});

/** The only run of a request: its steps, and which fields of the cloud they write, each once. */
function whatIsDone(entities: Entities, request: Process) {
  const isOver = cloud.reachable('the request is over', (_cloud, processes) =>
    Object.values(processes).every((process) => process?.at === 'done'),
  );
  const scenario = cloudScenario({
    name: 'bad-input',
    about: 'A request that is to be refused.',
    release: '2026.1',
    entities: () => entities,
    operations: () => ({ request }),
    reachable: [isOver],
    expect: [],
  });
  const result = new Search(scenario).run().result();
  const { trace } = result.properties.find(({ name }) => name === isOver.name) ?? {};
  const steps = trace?.steps ?? [];
  // No other run: a state for each step, and the first.
  expect(result).toMatchObject({ complete: true, verdict: 'holds', states: steps.length + 1 });
  const written = steps
    .flatMap(({ changes }) => changes)
    .filter(({ keys }) => !keys[0]?.startsWith('#'));
  return {
    words: trace?.schedule ?? [],
    written: [...new Set(written.map(({ path }) => path))].sort(),
  };
}
