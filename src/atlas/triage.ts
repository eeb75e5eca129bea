import type { AtlasCell, Finding } from './atlas.ts';
import { type Class, known } from './triage-known.ts';
import { found } from './triage-new.ts';
import type { Place } from './triage-place.ts';

export type { Class };

/** Every class of violations, the more special first: the first that fits explains a violation. */
export const classes: readonly Class[] = [...found, ...known];

/** The class of a violation, or undefined where the triage does not cover it. */
export const findingClass = (cell: AtlasCell, finding: Finding): Class | undefined =>
  classes.find((each) => fits(each, cell, finding));

/** Whether every violation of a cell belongs to a class. */
export const isTriaged = (cell: AtlasCell): boolean =>
  cell.findings.every((finding) => findingClass(cell, finding) !== undefined);

function fits(known: Class, cell: AtlasCell, finding: Finding): boolean {
  const isExpected = finding.fault === null || (known.faults ?? []).includes(finding.fault);
  return isExpected && [known, ...(known.also ?? [])].some((place) => isAt(place, cell, finding));
}

function isAt(
  { between, at, properties }: Place,
  { requests }: AtlasCell,
  finding: Finding,
): boolean {
  const [one, other] = requests;
  if (one === undefined || other === undefined) return false;
  if (properties !== undefined && !properties.includes(finding.property)) return false;
  const [first, second] = between;
  const isMeant =
    (first.includes(one) && second.includes(other)) ||
    (first.includes(other) && second.includes(one));
  return isMeant && at.some((place) => finding.configuration.startsWith(place));
}
