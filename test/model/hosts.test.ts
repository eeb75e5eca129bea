import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { walk } from '../../src/index.ts';
import { cloudWith } from '../../src/model/cloud-scenario/start.ts';
import { newestRelease } from '../../src/model/releases/release-names.ts';
import { switchesOf } from '../../src/model/releases/releases.ts';
import { cloud } from '../../src/model/world/cloud.ts';
import type { Process } from '../../src/spec/process.ts';

const folder = new URL('../../src/model/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

/**
 * A flow, as far as it is needed here. Each takes the name of a host somewhere among its arguments.
 */
interface ComputeFlow {
  readonly name: string;
  readonly start: (...args: readonly string[]) => Process;
}

/** Every flow of nova-compute that a file of the model exports. */
const modules = await Promise.all(
  files.map((file): Promise<object> => import(new URL(file, folder).href)),
);
const flows = modules.flatMap((module): unknown[] => Object.values(module)).filter(isComputeFlow);

describe('the flows of nova-compute', () => {
  test('the package exports all flows of nova-compute, so that these tests leave none out', () => {
    const texts = files.map((file) => readFileSync(new URL(file, folder), 'utf8'));
    const written = texts.flatMap((text) => [...text.matchAll(/name: '(n-cpu\.[a-z0-9_]+)'/g)]);
    const names = [...written.map(([, name]) => name), 'n-cpu.convert_bdm'];
    expect(flows.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  test.each(flows.map((flow) => [flow.name, flow] as const))(
    'the flow %s of nova-compute waits while its host is down',
    (_name, flow) => {
      // Whichever argument is the host, it is this one.
      const process = flow.start(...Array.from({ length: 8 }, () => 'h1'));
      expect(steps(process, ['h1'])).toBe(0);
      expect(process.vars['host']).toBe('h1');
    },
  );

  test('the flow of nova-compute takes a step when its host is up', () => {
    const [first] = flows;
    expect(steps(first?.start('s1', 'v1', 'h1', 'b1', 'a1') as Process, [])).toBe(1);
  });
});

/** How many steps out of at most one the process takes when it is alone. */
function steps(process: Process, down: readonly string[]): number {
  const scenario = cloud.scenario({
    name: 'alone',
    about: 'one flow of nova-compute',
    system: () => ({
      init: () =>
        cloudWith(switchesOf(newestRelease), { servers: { h1: 'h1' }, volumes: {}, down }),
      processes: { alone: process },
      properties: [],
    }),
    expect: [],
  });
  return walk(scenario, [0]).steps.length;
}

function isComputeFlow(value: unknown): value is ComputeFlow {
  const isFlow =
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'flow';
  return isFlow && 'name' in value && String(value.name).startsWith('n-cpu.');
}
