import { describe, expect, test } from 'vitest';
import { model, ownModels, scenario } from './own-models.ts';
import { makePlace } from './run.ts';

const place = makePlace();
place.write(ownModels);

describe('a file that is broken', () => {
  const broken = (name: string, text: string): string => {
    place.write({ [name]: text });
    return place.run('check', name);
  };

  test('the error of a file that does not parse shows the place', () => {
    const text =
      "import { spec } from 'racewright';\n\texport const x = spec<{ n: number }().scenario();";
    expect(broken('unfinished.ts', text)).toMatchInlineSnapshot(`
      "$ racewright check unfinished.ts
      on stderr:
      error: it throws while it is loaded: ReferenceError: number is not defined
        at unfinished.ts:2:29
        The file must load without an error: only the functions in it are run later.

      exit 2"
    `);
    expect(place.run('check', 'unfinished.ts', '--json')).toMatchInlineSnapshot(`
      "$ racewright check unfinished.ts --json
      {
        "format": "racewright/report",
        "version": 2,
        "results": [],
        "error": {
          "what": "it throws while it is loaded: ReferenceError: number is not defined",
          "where": "unfinished.ts:2:29",
          "mend": "The file must load without an error: only the functions in it are run later."
        },
        "errors": [
          {
            "scenario": "unfinished.ts",
            "parameters": {},
            "what": "it throws while it is loaded: ReferenceError: number is not defined",
            "where": "unfinished.ts:2:29",
            "mend": "The file must load without an error: only the functions in it are run later."
          }
        ]
      }

      exit 2"
    `);
  });

  test('the error of a file without a scenario says what is missing', () => {
    expect(broken('none.ts', 'export const a = 1;\nexport function f() {}')).toMatchInlineSnapshot(`
      "$ racewright check none.ts
      on stderr:
      error: it exports no scenario, but a (number), f (function)
        at none.ts
        Export what spec().scenario returns: export const myScenario = spec<State>().scenario({ … })

      exit 2"
    `);
    expect(broken('empty.ts', '')).toMatchInlineSnapshot(`
      "$ racewright check empty.ts
      on stderr:
      error: it exports no scenario, but nothing at all
        at empty.ts
        Export what spec().scenario returns: export const myScenario = spec<State>().scenario({ … })

      exit 2"
    `);
  });

  test('the error of a file that throws while it loads shows the place', () => {
    const text = 'const a: any = undefined;\n\nexport const b = a.b;';
    expect(broken('throws.ts', text)).toMatchInlineSnapshot(`
      "$ racewright check throws.ts
      on stderr:
      error: it throws while it is loaded: TypeError: Cannot read properties of undefined (reading 'b')
        at throws.ts:3:20
        The file must load without an error: only the functions in it are run later.

      exit 2"
    `);
  });

  test('the error of a file names what it cannot import', () => {
    expect(broken('package.ts', "import 'no-such-package';")).toMatchInlineSnapshot(`
      "$ racewright check package.ts
      on stderr:
      error: Cannot find 'no-such-package': no such package is installed here
        at package.ts:1:8
          import 'no-such-package';
                 ^^^^^^^^^^^^^^^^^

      exit 2"
    `);
    expect(broken('file.ts', "import './no-such-file.ts';")).toMatchInlineSnapshot(`
      "$ racewright check file.ts
      on stderr:
      error: Could not resolve "./no-such-file.ts"
        at file.ts:1:8
          import './no-such-file.ts';
                 ^^^^^^^^^^^^^^^^^^^

      exit 2"
    `);
    expect(broken('entry.ts', "import 'racewright/no-such-entry';")).toMatchInlineSnapshot(`
      "$ racewright check entry.ts
      on stderr:
      error: This version of racewright has no entry 'racewright/no-such-entry'
        at entry.ts:1:8
          import 'racewright/no-such-entry';
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^

      exit 2"
    `);
    const output = broken('name.ts', "import { chek } from 'racewright';\nexport const a = chek;");
    expect(
      output.replace(/\s+/g, ' ').replace(/It exports [^.]*\./, 'It exports <names>.'),
    ).toMatchInlineSnapshot(
      `"$ racewright check name.ts on stderr: error: it imports 'chek', which 'racewright' does not export at name.ts Did you mean 'check'? It exports <names>. If 'chek' is a type, write 'import type'. exit 2"`,
    );
  });

  test('the error of a file names the step that throws, and the line', () => {
    const text = model(
      `function next(n: number): number {
  if (n > 1) throw new Error('too many');
  return n + 1;
}
export const x = ${scenario('x', 'state.n = next(state.n);')}`,
    );
    expect(broken('models/step-throws.ts', text)).toMatchInlineSnapshot(`
      "$ racewright check models/step-throws.ts
      on stderr:
      error: it threw Error: too many
        at scenario 'x', action 'count'
        Thrown at models/step-throws.ts:8:20.

      exit 2"
    `);
  });

  test('the error of a file names the line where its system is broken', () => {
    const text = `import { spec } from 'racewright';
export const x = spec<{ n: number }>().scenario({
  name: 'x',
  about: '',
  system: () => { throw new Error('no system'); },
});`;
    expect(broken('system.ts', text)).toMatchInlineSnapshot(`
      "$ racewright check system.ts
      on stderr:
      error: it threw Error: no system
        at scenario 'x', system
        Thrown at system.ts:5:25.

      exit 2"
    `);
  });

  test('the error of a CommonJS file asks for an ES module', () => {
    expect(broken('old.cjs', "const { spec } = require('racewright');")).toMatchInlineSnapshot(`
      "$ racewright check old.cjs
      on stderr:
      error: 'racewright' is an ES module: use import in place of require
        at old.cjs:1:26
          const { spec } = require('racewright');
                                   ^^^^^^^^^^^^

      exit 2"
    `);
  });

  test('the error of a file names the label that does not exist', () => {
    const text = `import { spec } from 'racewright';
const s = spec<{ n: number }>();
const detach = s.flow({
  name: 'detach',
  steps: {
    // The compiler would have said so, too.
    driver_detach: () => 'rol_detaching' as 'roll_detaching',
    roll_detaching(state) { state.n = 1; },
  },
});
export const x = s.scenario({
  name: 'x',
  about: '',
  system: () => ({ init: () => ({ n: 0 }), processes: { p: detach.start() } }),
});`;
    expect(broken('label.ts', text)).toMatchInlineSnapshot(`
      "$ racewright check label.ts
      on stderr:
      error: it returned 'rol_detaching', which is not a label of this flow
        at scenario 'x', flow 'detach', step 'driver_detach'
        Return 'driver_detach', 'roll_detaching', 'done', or nothing to fall through.

      exit 2"
    `);
  });
});

describe('what is no file of scenarios', () => {
  test('a missing file and a file of another kind are no files of scenarios', () => {
    place.write({ 'notes.txt': 'hello' });
    expect(place.run('check', 'models/conter.ts')).toMatchInlineSnapshot(`
      "$ racewright check models/conter.ts
      on stderr:
      error: there is no file 'models/conter.ts'
        Did you mean 'models/counter.ts'?

      exit 2"
    `);
    expect(place.run('check', 'nowhere/counter.ts')).toMatchInlineSnapshot(`
      "$ racewright check nowhere/counter.ts
      on stderr:
      error: there is no file 'nowhere/counter.ts'
        Looked for nowhere/counter.ts.

      exit 2"
    `);
    expect(place.run('check', 'notes.txt')).toMatchInlineSnapshot(`
      "$ racewright check notes.txt
      on stderr:
      error: 'notes.txt' is neither a TypeScript nor a JavaScript file
        Name a file that ends in .ts, .mts, .js or .mjs.

      exit 2"
    `);
    expect(place.run('check', 'models/two.ts:donw')).toMatchInlineSnapshot(`
      "$ racewright check models/two.ts:donw
      on stderr:
      error: 'models/two.ts' exports no scenario 'donw'
        Did you mean 'down'? The scenarios that it exports: down, up.

      exit 2"
    `);
    expect(place.run('matrix', 'models/two.ts')).toMatchInlineSnapshot(`
      "$ racewright matrix models/two.ts
      down

        verdict, states
        holds 3

        1 point: 1 hold

      up

        verdict, states
        holds 3

        1 point: 1 hold

      exit 0"
    `);
  });
});
