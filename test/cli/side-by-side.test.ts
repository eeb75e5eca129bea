import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makePlace } from './run.ts';

const file = `import { spec } from 'racewright';
const counting = spec<{ n: number }>();
export const counts = counting.scenario({
  name: 'counts',
  about: 'Counts.',
  parameters: {},
  system: () => ({
    init: () => ({ n: 0 }),
    final: 'anywhere',
    actions: [counting.action({ name: 'count', do: (state) => {
      if (state.n === 5) throw new Error('broken at five');
      state.n += 1;
    } })],
    properties: [counting.always('from 0 up', ({ n }) => n >= 0)],
  }),
});`;

test('a command leaves alone what another one is writing beside its compiled file', () => {
  const place = makePlace();
  place.write({ 'count.ts': file });
  // This process is alive, so that it may still be writing.
  const mine = `../.cache/racewright/.racewright-${process.pid}-1.part`;
  const abandoned = '../.cache/racewright/.racewright-4194304-1.part';
  place.write({ [mine]: '', [abandoned]: '' });
  place.run('check', 'count.ts');
  expect(existsSync(join(place.folder, mine))).toBe(true);
  expect(existsSync(join(place.folder, abandoned))).toBe(false);
});

test('an error names the place in the file, also where no compiled file can be kept', () => {
  const { folder, command, env, write } = makePlace();
  write({ 'count.ts': file, '../no-folder': '' });
  const { stderr } = spawnSync(process.execPath, [command, 'check', 'count.ts'], {
    cwd: folder,
    env: { ...env, XDG_CACHE_HOME: join(folder, '../no-folder') },
    encoding: 'utf8',
  });
  expect(stderr).toContain('Thrown at count.ts:11:32.');
});

test('Ctrl-Z stops a command, and it goes on when it is called back', async () => {
  const { folder, command, env, write } = makePlace();
  const told = file.replace('=== 5', '=== -1').replace('state.n += 1', 'console.log(state.n++)');
  write({ 'count.ts': told });
  const child = spawn(process.execPath, [command, 'check', 'count.ts'], { cwd: folder, env });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  const stateOf = () => /\) (\w)/.exec(readFileSync(`/proc/${child.pid}/stat`, 'utf8'))?.[1];
  await once(child.stderr, 'data');
  child.stderr.resume();
  child.kill('SIGTSTP');
  while (stateOf() !== 'T') await setTimeout(20);
  child.kill('SIGCONT');
  child.kill('SIGINT');
  const [code] = await once(child, 'close');
  expect(code).toBe(3);
  expect(said).toContain('interrupted');
});
