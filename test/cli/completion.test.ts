import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { makePlace } from './run.ts';

const place = makePlace();
place.write({
  'racewright.config.ts': "export default { scenarios: 'lock.ts' };",
  'lock.ts': `import { choice, spec } from 'racewright';
const one = spec<{ n: number }>();
export const lock = one.scenario({
  name: 'lock', about: 'A lock.', parameters: { kind: choice(['fair', 'flag']) },
  system: () => ({ init: () => ({ n: 0 }), properties: [one.always('zero', ({ n }) => n === 0)] }),
});`,
});

const candidates = (line: string): readonly string[] =>
  place
    .run('completion', '--line', line)
    .split('\n')
    .slice(1, -1)
    .filter((each) => each !== '');

test('a line is completed by commands, flags, scenarios, parameters and values', () => {
  expect(candidates('racewright ch')).toEqual(['check']);
  expect(candidates('racewright check ')).toEqual(['lock']);
  expect(candidates('racewright check --cloud seed')).toEqual(['seed-race']);
  expect(candidates('racewright check lock --set ')).toEqual(['kind=fair', 'kind=flag']);
  expect(candidates('racewright check lock --set kind=fl')).toEqual(['kind=flag']);
  expect(candidates('racewright check lock --max-s')).toEqual(['--max-states']);
  expect(candidates('racewright check lock --deadlock ')).toEqual(['stuck', 'stuttering']);
  expect(candidates('racewright report x.json --to j')).toEqual(['json', 'junit']);
  expect(candidates('racewright nonsense ')).toEqual([]);
});

test('nothing completes a line where the project is broken', () => {
  place.write({ 'broken/racewright.config.ts': 'export default {' });
  const output = place.runIn('broken', 'completion', '--line', 'racewright check lock --set ');
  expect(output.split('\n').slice(1)).toEqual(['exit 0']);
});

test('a shell that is not known is refused, and so is none', () => {
  expect(place.run('completion', 'tcsh')).toMatch(/there is no shell 'tcsh'[\s\S]*exit 2/);
  expect(place.run('completion')).toMatch(/The shells: bash, zsh, fish\.[\s\S]*exit 2/);
});

test('the script for bash completes what stands behind an equals sign', () => {
  const line = 'racewright check lock --set kind=f';
  const script = `
    racewright() { '${process.execPath}' '${place.command}' "$@"; }
    eval "$(racewright completion bash)"
    COMP_LINE='${line}' COMP_POINT=${line.length} COMP_WORDS=(racewright check)
    _racewright
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { ...place.env, PATH: `${process.env['PATH']}` };
  const said = execFileSync('bash', ['-c', script], { cwd: place.folder, env, encoding: 'utf8' });
  expect(said.trim().split('\n')).toEqual(['fair', 'flag']);
});

test.each([
  ['zsh', '-n'],
  ['fish', '--no-execute'],
])('the script for %s can be read by it, where it is installed', (shell, flag) => {
  const script = place.run('completion', shell).split('\n').slice(1, -1).join('\n');
  const { error, status } = spawnSync(shell, [flag], { input: script });
  expect(error === undefined ? status : 0).toBe(0);
});
