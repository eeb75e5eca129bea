import { expect, test } from 'vitest';
import { SpecError, spec } from '../../src/index.ts';

interface World {
  n: number;
}
const world = spec<World>();
const lock = world.flow({ name: 'lock', steps: { ask() {} } });
const audit = world.flow({ name: 'audit', steps: { look() {} } });
const known = world.withProcesses({ ann: lock, toString: audit });

/** What is said of a system with these processes, whatever the types say. */
function refused(processes: object): readonly string[] {
  const scenario = known.scenario({
    name: 'known',
    about: 'The vocabulary knows the processes.',
    system: () => ({ init: () => ({ n: 0 }), processes: processes as never }),
  });
  return complaint(() => scenario.system({})).split('\n');
}

function complaint(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SpecError) return error.message;
    throw error;
  }
  return 'no complaint';
}

test.each([
  [
    'a process that withProcesses does not name is refused',
    { bop: lock.start() },
    "its process 'bop' is none of those that withProcesses names",
  ],
  [
    'a process of another flow than withProcesses names is refused',
    { ann: audit.start() },
    "its process 'ann' runs the flow 'audit', and withProcesses says 'lock'",
  ],
])('%s', (_fact, processes, said) => {
  const [first, second] = refused(processes);
  expect(first).toBe(`scenario 'known': ${said}`);
  expect(second).toContain('Named are ann: lock, toString: audit.');
});

test('a system may have some of the processes that withProcesses names', () => {
  expect(refused({ toString: audit.start() })).toEqual(['no complaint']);
});

test('withProcesses refuses a process in place of its flow', () => {
  expect(complaint(() => world.withProcesses({ ann: lock.start() as never }))).toContain(
    "withProcesses, process 'ann': it is no flow",
  );
});
