import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { makePlace } from '../cli/run.ts';
import { type Explorer, startExplorer } from './browser.ts';
import { eventsOf, resultOf, twins } from './explorer-requests.ts';

const place = makePlace();

place.write({
  'twins.ts': `${twins}\nexport const small = twin(2);\nexport const large = twin(5);`,
  'other/twins.ts': `${twins}\nexport const small = twin(3);`,
  'own-name.ts': `${twins.replace("'twin'", "'seed-race'")}\nexport const small = twin(4);`,
  'odd.ts': `${twins}\nconst odd = twin(6);\nexport { odd as 'a/b: c?#&.ts:x' };\nexport const other = twin(7);`,
  // Each is exported under the name of the other.
  'crossed.ts': `${twins.replace("'twin'", "most === 8 ? 'one' : 'two'")}\nexport const two = twin(8);\nexport const one = twin(9);`,
  'counting.ts': `
import { choice, spec } from 'racewright';

const world = spec<{ n: number; broken: boolean }>();
export const counting = world.scenario({
  name: 'counting',
  about: 'A counter that nothing but a fault stops.',
  parameters: { by: choice([1, 2]), lock: choice(['no', 'yes']) },
  system: ({ by }) => ({
    init: () => ({ n: 0, broken: false }),
    actions: [world.action({ actor: 'clock', name: 'tick', when: ({ broken }) => !broken, do: (state) => { state.n += by; } })],
    faults: [world.fault({ name: 'power_cut', do: (state) => { state.broken = true; } })],
    properties: [world.reachable('it gets below zero', ({ n }) => n < 0)],
    final: 'anywhere',
  }),
  refuses: ({ by, lock }) => (by === 2 && lock === 'yes' ? 'no lock counts by two' : undefined),
});
`,
});

/** What a process holds: files and pipes, and threads. */
function heldBy({ process: { pid } }: Explorer): { files: number; threads: number } {
  const count = (folder: string): number => readdirSync(`/proc/${pid}/${folder}`).length;
  return { files: count('fd'), threads: count('task') };
}

/** Asks for a path and hangs up after so many milliseconds, or at the first bytes of the answer. */
function hangUp(url: string, afterMs: number | 'answer'): Promise<void> {
  const { hostname, port, host, pathname, search } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      if (afterMs === 'answer') socket.once('data', () => socket.destroy());
      else setTimeout(() => socket.destroy(), afterMs);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });
}

const path = '/check/counting.ts%3Acounting';

test('the checks of the explorer end with their pages, and leave no file and no thread behind', async () => {
  const explorer = await startExplorer(place, 'counting.ts');
  const { origin } = new URL(explorer.url);
  // What is loaded once stays.
  await resultOf(`${origin}${path}?states=10`);
  await expect.poll(() => heldBy(explorer).threads).toBeGreaterThan(0);
  const settled = async () => {
    let last = heldBy(explorer);
    for (let same = 0; same < 5; ) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const now = heldBy(explorer);
      same = now.files === last.files && now.threads === last.threads ? same + 1 : 0;
      last = now;
    }
    return last;
  };
  const before = await settled();
  for (let round = 0; round < 4; round++) {
    const waits = [0, 1, 5, 20, 80, 200, 400, 'answer', 'answer', 'answer'] as const;
    await Promise.all(waits.map((wait) => hangUp(origin + path, wait)));
  }
  // A connection that the test itself kept open may have been closed meanwhile.
  const leftBehind = () => {
    const { files, threads } = heldBy(explorer);
    return { files: Math.max(0, files - before.files), threads: threads - before.threads };
  };
  await expect.poll(leftBehind).toEqual({ files: 0, threads: 0 });
  // Whoever asks now gets a turn at once.
  const events = await eventsOf(`${origin}${path}?states=10`);
  expect(events.map(({ event }) => event)).not.toContain('waiting');
  expect(events.at(-1)?.event).toBe('result');
});

test('the checks of the explorer run two at a time and wait in turn, and the explorer refuses further ones when too many wait', async () => {
  const explorer = await startExplorer(place, 'counting.ts');
  const { origin } = new URL(explorer.url);
  const threads = heldBy(explorer).threads;
  const hangUps = new AbortController();
  const responses = [];
  for (let i = 0; i < 12; i++) {
    responses.push(await fetch(origin + path, { signal: hangUps.signal }));
  }
  expect(responses.map(({ status }) => status)).toEqual([...Array(10).fill(200), 503, 503]);
  expect(responses.at(-1)?.headers.get('Retry-After')).toBe('5');
  expect(await responses.at(-1)?.json()).toEqual({
    error: {
      what: '2 checks run and 8 wait: no more are taken',
      where: null,
      mend: 'Try again when some have ended.',
    },
  });
  const reader = responses[3]?.body?.getReader();
  let told = '';
  const until = async (text: string) => {
    while (!told.includes(text)) {
      told += new TextDecoder().decode((await reader?.read())?.value, { stream: true });
    }
  };
  await until('event: waiting\ndata: {"ahead":3}\n\n');
  const id = JSON.parse(/data: (.*)/.exec(told)?.[1] ?? '').id;
  expect((await fetch(`${origin}/stop/${id}`, { method: 'POST' })).status).toBe(204);
  await until('The check was stopped before it began.');
  // One thread each, and not one for each that waits.
  expect(heldBy(explorer).threads - threads).toBeLessThan(10);
  hangUps.abort();
  const last = await eventsOf(`${origin}${path}?states=10`);
  expect(last.at(-1)?.event).toBe('result');
});

test('the checks of the explorer end at Ctrl-C, with the explorer', async () => {
  const explorer = await startExplorer(place, 'counting.ts');
  const { origin } = new URL(explorer.url);
  const responses = await Promise.all(Array.from({ length: 5 }, () => fetch(origin + path)));
  explorer.process.kill('SIGINT');
  expect(await explorer.ended).toBe(0);
  await Promise.allSettled(responses.map((response) => response.text()));
});
