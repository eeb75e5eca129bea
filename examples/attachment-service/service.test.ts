import { PGlite } from '@electric-sql/pglite';
import { check, isScenario } from 'racewright';
import {
  type CodeModel,
  driveByModel,
  expectNoFailure,
  explore,
  type Kit,
  modelOf,
} from 'racewright/async';
import { scenarios } from 'racewright/openstack';
import { afterAll, expect, test } from 'vitest';
import { Records } from './records.ts';
import { AttachmentService, HostLock, noLock } from './service.ts';

const db = await PGlite.create();
await new Records(db).prepare();
afterAll(() => db.close());

/** A statement may take long on a busy machine. */
const patient = { callTimeout: 600_000 };

/** The question of 2016 as a model: racewright check seed-race. */
const seedRace = await scenarios['seed-race']?.();
if (!isScenario(seedRace)) throw new Error('there is no scenario seed-race');

const modelAt = (lock: 'none' | 'both') =>
  modelOf(seedRace, {
    parameters: { lock },
    // The code takes its lock without a call, and does not disconnect where others need it.
    silent: ['attach1.start', 'disconnect_volume'],
    // A request arrives. It may have to wait for the lock.
    unmodelled: ['request'],
  });

/** One volume is attached while another one is detached from the same host. */
const service = (lock: () => Pick<HostLock, 'run'>, model: CodeModel) => async (kit: Kit) => {
  const rows = new Records(db);
  await kit.outside(() => rows.reset());
  const connections: { [host: string]: 'up' | 'down' } = { host1: 'up' };
  // The labels of the model.
  const records = kit.client(rows, {
    methods: {
      create: () => ({ label: 'attachment_create' }),
      complete: () => ({ label: 'attachment_complete' }),
      beginDetaching: () => ({ label: 'start' }),
      countOthers: () => ({ label: 'count_attachments' }),
      remove: () => ({ label: 'attachment_delete' }),
    },
  });
  const connector = {
    connect: kit.call('connect_volume', async (host: string) => {
      connections[host] = 'up';
    }),
    disconnect: kit.call('disconnect_volume', async (host: string) => {
      connections[host] = 'down';
    }),
  };
  kit.conforms(model, async () => ({ ...(await rows.all()), connections: { ...connections } }));
  const { attach, detach } = operationsOf(new AttachmentService(records, connector, lock()));
  await Promise.all([
    kit.task('attach1', attach, { label: 'request' }),
    kit.task('detach1', detach, { label: 'request' }),
  ]);
  const { attachments } = await kit.outside(() => rows.all());
  for (const { status, host = '', volume } of Object.values(attachments)) {
    if (status === 'attached' && connections[host] === 'down') {
      throw new Error(`${volume} is attached, and ${host} is not connected`);
    }
  }
};

const operationsOf = (service: AttachmentService) => ({
  attach: () => service.attach('attach1', 'new1', 'host1'),
  detach: () => service.detach('detach1', 'host1'),
});

/** The steps of a schedule that code and model both show. */
const shared = (schedule: readonly string[]) =>
  schedule.filter((entry) => !/\.request$|^attach1\.start$/.test(entry));

const lost = 'an attached volume is reachable from its host';

test('with its lock the service does what the model with the lock does, in every order', async () => {
  const body = service(() => new HostLock(), modelAt('both'));
  const { verdict } = await expectNoFailure(body, patient);
  expect(verdict).toBe('holds');
});

test('without its lock an attached volume is cut off, by the steps that the model takes', async () => {
  const { failing } = await explore(
    service(() => noLock, modelAt('none')),
    patient,
  );
  const [{ failure, schedule = [] } = {}] = failing;
  expect(failure).toMatchObject({
    kind: 'failed',
    error: { message: 'new1 is attached, and host1 is not connected' },
  });
  const { properties } = check(seedRace, { parameters: { lock: 'none' } });
  const steps = properties.find(({ name }) => name === lost)?.trace?.schedule ?? [];
  expect(shared(schedule).slice(0, -1)).toEqual(shared(steps));
  expect(shared(schedule).at(-1)).toBe('detach1.attachment_delete');
});

test('the counterexample of the model is seen in the code without the lock', async () => {
  const model = modelAt('none');
  const body = service(() => noLock, model);
  const { runs } = await driveByModel(model, body, patient);
  expect(runs).toMatchObject([{ property: lost, outcome: 'seen' }]);
});

test('the lock of the code refutes the counterexample', async () => {
  const model = modelAt('none');
  const body = service(() => new HostLock(), model);
  const { runs } = await driveByModel(model, body, patient);
  expect(runs).toMatchObject([{ property: lost, outcome: 'refuted' }]);
});
