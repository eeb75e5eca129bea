import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { AtlasCell, Finding } from '../../src/atlas/atlas.ts';
import type { AtlasDocument } from '../../src/atlas/atlas-document.ts';
import { configurationsOf } from '../../src/atlas/configurations.ts';
import { type Question, scenarioOf } from '../../src/atlas/scenario-of.ts';
import { findingClass } from '../../src/atlas/triage.ts';
import { Search } from '../../src/index.ts';
import { newestRelease } from '../../src/model/releases/release-names.ts';
import { assertPresent } from '../../src/model/world/assert-present.ts';

const text = readFileSync(new URL('../../docs/atlas.json', import.meta.url), 'utf8');
const page = JSON.parse(text) as AtlasDocument;
const seed = Number(process.env['RACEWRIGHT_SEED'] ?? Date.now() % 1_000_000);

/** Larger configurations take too long for a test. */
const statesOfPart = 1500;

interface Read {
  readonly cell: AtlasCell;
  readonly finding: Finding;
}

/** Up to so many findings of a class, drawn by the seed (a linear congruential generator). */
function drawn(id: string, most: number): readonly Read[] {
  const cells = page.pairs as readonly AtlasCell[];
  const all = cells.flatMap((cell) =>
    cell.findings
      .filter((finding) => findingClass(cell, finding)?.id === id)
      .filter((finding) => sizeOf(cell, finding) <= statesOfPart)
      .map((finding) => ({ cell, finding })),
  );
  const rest = [...all];
  const found: Read[] = [];
  let state = seed;
  while (found.length < most && rest.length > 0) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    found.push(...rest.splice(Math.floor((state / 2_147_483_648) * rest.length), 1));
  }
  return found;
}

const sizeOf = ({ parts }: AtlasCell, { configuration }: Finding): number =>
  parts.find((part) => part.configuration === configuration)?.states ?? 0;

/** The labels of the shortest counterexample. */
function labelsOf({ cell, finding }: Read): readonly string[] {
  const [one, other] = cell.requests;
  const [first, second] = [assertPresent(one, 'a request'), assertPresent(other, 'a request')];
  const configuration = assertPresent(
    configurationsOf(first, second).find(({ name }) => name === finding.configuration),
    'the configuration',
  );
  const question: Question = {
    names: [first, second],
    configuration,
    release: newestRelease,
  };
  const { properties } = new Search(scenarioOf(question), {}).run().result();
  const found = properties.find(({ name }) => name === finding.property);
  return found?.trace?.steps.map(({ label }) => label) ?? [];
}

const nameOf = ({ cell, finding }: Read): string =>
  `${cell.requests.join(' + ')}, ${finding.configuration}: ${finding.property}`;

/** The answer 400 of attachment_create. */
const isRefused = (labels: readonly string[]) => labels.includes('bad_request');
const isCounted = (labels: readonly string[]) =>
  ['should_disconnect_target', 'get_uuids_by_host', 'count_connections'].some((label) =>
    labels.includes(label),
  );

describe(`a second reading of the largest classes (RACEWRIGHT_SEED=${seed})`, () => {
  test('what is counted before has a count in its counterexample, and no second attachment that is refused', () => {
    const read = drawn('counted-before', 6);
    expect(read.length).toBeGreaterThan(0);
    const wrong = read.filter((one) => {
      const labels = labelsOf(one);
      return !isCounted(labels) || isRefused(labels);
    });
    expect(wrong.map(nameOf)).toEqual([]);
  });

  test('what is refused for its status has the refusal in its counterexample', () => {
    const read = drawn('status-refuses-second-attachment', 6);
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((one) => !isRefused(labelsOf(one))).map(nameOf)).toEqual([]);
  });
});
