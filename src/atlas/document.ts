import type { Atlas, AtlasCell } from './atlas.ts';
import type { AtlasDocument, CellRecord } from './atlas-document.ts';
import { classes, findingClass } from './triage.ts';

/** The document of `atlas --json`, which schemas/atlas.schema.json describes. */
export function atlasDocument(
  { release, withFaults, alone, pairs }: Atlas,
  hashOf: (cell: AtlasCell) => string,
): AtlasDocument {
  const record = (cell: AtlasCell): CellRecord => ({
    requests: cell.requests,
    status: cell.status,
    hash: hashOf(cell),
    findings: cell.findings.map((finding) => ({
      ...finding,
      class: findingClass(cell, finding)?.id ?? null,
    })),
    parts: cell.parts,
  });
  return {
    format: 'racewright/atlas',
    version: 1,
    release,
    withFaults,
    classes: classes.map(({ id, kind, shownBy, mechanism }) => ({ id, kind, shownBy, mechanism })),
    alone: alone.map(record),
    pairs: pairs.map(record),
  };
}
