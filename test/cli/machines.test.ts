import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Server, type Started, start } from './redis.ts';
import { makePlace, type Place } from './run.ts';

const isInstalled = existsSync('/usr/bin/redis-server') || process.env['CI'] !== undefined;
const seed = Number(process.env['RACEWRIGHT_SEED'] ?? 1);
/** Commands that run while workers are killed; five at a time. */
const runs = Number(process.env['RACEWRIGHT_RUNS'] ?? 5);
const atATime = 5;
/** How many workers are killed while five commands run. */
const kills = 4;

/** A grid of counters: `side`² states at most points, one of which is broken and one violated. */
const grid = (name: string): string => `import { choice, spec } from 'racewright';
import { start } from 'starts';
const grids = spec<{ x: number; y: number }>();
export const grid = grids.scenario({
  name: '${name}',
  about: 'Counts in two directions.',
  parameters: { side: choice([3, 4, 5, 100, 101, 3000]) },
  expect: [3, 4, 5, 100, 101].map((side) => ({
    given: { side }, ...(side === 5 ? { violates: { 'below 4': 3 } } : {}) })),
  system: ({ side }) => ({
    init: () => ({ x: start, y: start }),
    final: 'anywhere',
    actions: [
      grids.action({ name: 'right', when: ({ x }) => x < side - 1, do: (state) => { state.x += 1; } }),
      grids.action({ name: 'up', when: ({ y }) => y < side - 1, do: (state) => {
        if (side === 4 && state.y === 2) throw new Error('broken at two');
        state.y += 1; } }),
    ],
    properties: side === 5 ? [grids.always('below 4', ({ x, y }) => x + y < 3)] : [],
  }),
});`;

function placeWith(files: { readonly [path: string]: string }): Place {
  const place = makePlace();
  const all = {
    'node_modules/starts/package.json':
      '{ "name": "starts", "type": "module", "main": "index.js" }',
    'node_modules/starts/index.js': 'export const start = 0;',
    ...files,
  };
  place.write(all);
  // Files of packages must be older than the command, as they are where npm has installed them.
  const before = new Date(Date.now() - 60_000);
  for (const path of Object.keys(all)) utimesSync(join(place.folder, path), before, before);
  return place;
}

const asSeen = async ({ end }: Started): Promise<string> => {
  const { stdout, stderr, code } = await end;
  return `${steady(stdout)}${steady(stderr)}exit ${code}`;
};

/** Without times, and without what only tells how far a command is. */
const steady = (text: string): string =>
  text
    .replace(/"(seconds|evaluatedTwice|statesSampled)": [\d.]+/g, '"$1": 0')
    .replace(/ in [\d.]+ m?s/g, ' in <time>')
    .replace(/^\d+ of \d+ (done|cells)\b.*\n/gm, '')
    .replace(/^(\d+ of \d+ )?\S+: [\d,]+ states? .* waiting, .*\n/gm, '')
    .replace(/^[\d,]+ runs?, [\d,]+ steps?, .*\n/gm, '')
    .replace(/^no worker is there yet.*\n/gm, '');

describe.skipIf(!isInstalled)('on workers', () => {
  test('the result is that of one process, whichever workers are killed', async () => {
    const server = await Server.start();
    for (let round = 0; round < runs / atATime; round++) {
      const random = fc.sample(fc.integer({ min: 0, max: 2 ** 30 }), {
        seed: seed + round,
        numRuns: 100,
      });
      await killedRound(server, round, random).catch((error: unknown) => {
        throw new Error(`with RACEWRIGHT_SEED=${seed}, round ${round}`, { cause: error });
      });
    }
  });

  test('an answer that is known at the server is not computed again', async () => {
    const server = await Server.start();
    const place = placeWith({ 'grid.ts': grid('known') });
    const worker = start(place, 'worker', server.url, '--threads', '1');
    const words = ['check', 'grid.ts', '--set', 'side=3', '--on', server.url];
    expect(await asSeen(start(place, ...words))).not.toContain('from the cache');
    worker.child.kill('SIGTERM');
    expect((await worker.end).code).toBe(0);
    expect(await asSeen(start(place, ...words))).toContain('from the cache');
    expect(await server.keys('run:*')).toEqual([]);
    expect(await server.keys('answers:*')).toEqual([]);
  });
});

/** Five commands at once, on three workers of which some are killed over their work. */
async function killedRound(server: Server, round: number, random: number[]): Promise<void> {
  const next = (below: number): number => (random.pop() ?? 0) % below;
  const files = Array.from({ length: atATime }, (_, i) => `grid-${round}-${i}.ts`);
  const place = placeWith(Object.fromEntries(files.map((file) => [file, grid(file.slice(0, -3))])));
  const work = () => start(place, 'worker', server.url, '--threads', '1', '--lease', '0.5');
  const [one = '', two = '', three = '', four = ''] = files;
  const commands = [
    ['check', '--all', one],
    ['matrix', two, '--set', 'side=3,4,5,100'],
    ['check', three, '--set', 'side=3,4,5,101', '--why', '--json'],
    ['simulate', four, '--set', 'side=3,5', '--seed', '4', '--seeds', '2', '--runs', '9', '--json'],
    ['atlas', '--only', 'extend,delete', '--json'],
  ];
  const workers = [work(), work(), work()];
  const far = commands.map((words) => asSeen(start(place, ...words, '--on', server.url)));
  let open = far.length;
  for (const one of far) void one.finally(() => (open -= 1));
  let killed = 0;
  while (killed < kills && open > 0) {
    const [active] = await server.keys('tasks-*:active');
    await setTimeout(10);
    if (active === undefined) continue;
    const [worker] = workers.splice(next(3), 1, work());
    worker?.child.kill(next(3) === 0 ? 'SIGTERM' : 'SIGKILL');
    killed += 1;
    await setTimeout(next(300));
  }
  const found = await Promise.all(far);
  expect(killed).toBeGreaterThan(0);
  for (const { child } of workers) child.kill('SIGKILL');
  for (const [i, words] of commands.entries()) {
    expect(found[i]).toBe(await asSeen(start(place, ...words)));
  }
}

const place = placeWith({ 'grid.ts': grid('grid') });

const check = (server: Server, ...words: readonly string[]): Started =>
  start(place, 'check', 'grid.ts', '--set', 'side=3,3000', '--on', server.url, ...words);

describe.skipIf(!isInstalled)('a server', () => {
  test('a server that is not there, and one that is none', async () => {
    const seen = await asSeen(start(place, 'check', 'grid.ts', '--on', 'redis://127.0.0.1:1'));
    expect(seen).toMatchInlineSnapshot(`
      "error: there is no Redis to be reached: connect ECONNREFUSED 127.0.0.1:1
        at redis://127.0.0.1:1
      exit 2"
    `);
    expect(await asSeen(start(place, 'worker', 'http://me:secret@there'))).toMatchInlineSnapshot(`
      "working for http://me:secret@there, 2 at a time; Ctrl-C ends
      error: 'http://me:secret@there' is no address of a Redis
        Write it like this: redis://localhost:6379, or redis://:password@host:6379/0
      exit 2"
    `);
  });

  test('a wrong password, which is not printed', async () => {
    const server = await Server.start();
    await server.client.config('SET', 'requirepass', 'right');
    const url = `redis://:secret@127.0.0.1:${server.port}`;
    const seen = await asSeen(start(place, 'worker', url));
    expect(seen.replaceAll(`${server.port}`, '<port>')).toMatchInlineSnapshot(`
      "working for redis://:…@127.0.0.1:<port>, 2 at a time; Ctrl-C ends
      error: Redis refuses the user or the password: WRONGPASS invalid username-password pair or user is disabled.
        at redis://:…@127.0.0.1:<port>
        Write them like this: redis://user:password@host:6379
      exit 2"
    `);
    expect(await asSeen(check(server))).toMatch(/NOAUTH[\s\S]*exit 2/);
  });

  test.each([
    ['is emptied', (server: Server) => server.client.flushall()],
    ['is restarted', (server: Server) => server.restart()],
  ])('a server that %s loses nothing that was found', async (_, lose) => {
    const server = await Server.start();
    const command = check(server);
    const worker = start(place, 'worker', server.url, '--threads', '1');
    await server.until(async () => (await server.keys('done:*')).length > 0);
    worker.child.kill('SIGKILL');
    await setTimeout(200);
    await lose(server);
    const seen = await asSeen(command);
    expect(seen).toMatch(/9 states[\s\S]*2 checks: 1 holds, 1 not begun/);
    expect(seen).toMatch(/error: Redis has lost the data of this run[\s\S]*exit 2/);
  });
});

describe.skipIf(!isInstalled)('a worker, a model or a name', () => {
  test('a worker ends by Ctrl-C, also where its server has gone', async () => {
    const server = await Server.start();
    const worker = start(place, 'worker', server.url, '--threads', '1');
    await server.until(async () => (await server.keys('worker:*')).length > 0);
    server.kill();
    worker.child.kill('SIGTERM');
    expect((await worker.end).code).toBe(0);
  });

  test('workers of another racewright', async () => {
    const server = await Server.start();
    const command = check(server);
    const [, ran] = [await server.until(async () => (await server.keys('run:*')).length > 0), 1];
    expect(ran).toBe(1);
    const other = { racewright: '0.0.1', code: '', node: '', locale: '', timeZone: '' };
    await server.client.set('racewright:worker:other', JSON.stringify(other));
    await server.client.sadd('racewright:workers', 'other');
    expect(await asSeen(command)).toMatch(
      /the workers there are others: this command and they have racewright \S+ and 0\.0\.1[\s\S]*exit 2/,
    );
  });

  test('another model in the place of that of the run', async () => {
    const server = await Server.start();
    const command = start(place, 'check', 'grid.ts', '--set', 'side=3', '--on', server.url);
    await server.until(async () => (await server.keys('tasks-*:wait')).length > 0);
    const [model = ''] = await server.keys('model:*');
    await server.client.set(model, 'export const grid = 1;');
    start(place, 'worker', server.url, '--threads', '1');
    expect(await asSeen(command)).toMatch(
      /the model in Redis is another one than that of its run[\s\S]*exit 2/,
    );
  });

  test('two runs of one name, of which Ctrl-C ends the first with what it knows', async () => {
    const server = await Server.start();
    const first = check(server, '--name', 'nightly');
    await server.until(async () => (await server.keys('tasks-*:wait')).length > 0);
    expect(await asSeen(check(server, '--name', 'nightly'))).toMatchInlineSnapshot(`
      "error: another run is called 'nightly'
        at --name nightly
        Give this one another name. A name is free 60 seconds after its run was killed.
      exit 2"
    `);
    first.child.kill('SIGINT');
    expect(await asSeen(first)).toMatch(/2 checks: 2 not begun[\s\S]*exit 3/);
    expect(await server.keys('run:*')).toEqual([]);
    expect(await server.keys('tasks-*:wait')).toEqual([]);
  });
});
