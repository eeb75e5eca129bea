import { type CheckOptions, check, type Scenario, spec } from '../../src/index.ts';
import type { ReportDocument } from '../../src/report/document.ts';
import { type Extras, reportDocument } from '../../src/report/report-json.ts';
import { scenarios } from '../../src/scenarios/index.ts';

/** The document of one check, as it comes out of a file: through JSON. */
export function documentOf(
  scenario: Scenario,
  options: CheckOptions = {},
  extras: Extras = {},
): ReportDocument {
  const result = check(scenario, options);
  const document = reportDocument([{ result, seconds: 0.5, extras }]);
  // What a reader of the file gets; test/report/read-report.test.ts validates it.
  return JSON.parse(JSON.stringify(document)) as ReportDocument;
}

/** One of the scenarios that come with racewright. Throws when there is none of that name. */
export async function builtIn(name: string): Promise<Scenario> {
  const load = scenarios[name];
  if (load === undefined) throw new Error(`there is no scenario '${name}'`);
  return load();
}

/** The race of the seed: seven steps of two processes. */
export async function seedRaceDocument(extras: Extras = {}): Promise<ReportDocument> {
  return documentOf(await builtIn('seed-race'), {}, extras);
}

/** Calls and replies between services, locks, and a message that is lost. */
export async function lostCastDocument(): Promise<ReportDocument> {
  return documentOf(await builtIn('attach-detach'), { parameters: { fault: 'cast-lost' } });
}

/** Names and values that mean something in every language that a report is written in. */
const hostileNames = [
  '<script>alert(1)</script>',
  '"quotes\' and `ticks`',
  'a;b#c%d\\e{f}|g',
  'right\u202eto left',
  'line\nbreak\r\u2028and \u0000 nul',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the point
  ']]> end --> */ ${x}',
  'x'.repeat(10_000),
  '=== end ===',
];

interface Notes {
  readonly notes: { [id: string]: { text: string; '#size': number; half: number; none: null } };
  readonly locks: { [id: string]: string | null };
}

const notes = spec<Notes>();

const write = notes.flow({
  name: 'write"<&>',
  vars: (text: string) => ({ text }),
  steps: {
    'put <b>; end'(state, self, pick) {
      const text = pick('text "&"', [self.text]);
      state.notes[text] = { text, '#size': text.length, half: 0.5, none: null };
      state.locks['a.b <l>'] = self.pid;
    },
    free(state) {
      state.locks['a.b <l>'] = null;
    },
  },
});

/** Everything that can be named by a model is named as badly as it can be. */
export const hostile = notes.scenario({
  name: 'hostile',
  about: 'Names that would break a report which does not escape them.',
  system: () => ({
    init: () => ({ notes: {}, locks: { 'a.b <l>': null } }),
    processes: Object.fromEntries(hostileNames.map((name) => [name, write.start(name)])),
    properties: [
      notes.always(
        // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the point
        'not every note is written <img src=x onerror=alert(1)> "&" ${x} | `end`',
        (state) => Object.keys(state.notes).length < hostileNames.length,
      ),
    ],
    final: 'anywhere',
  }),
});
