import { count, number } from '../report/figures.ts';
import type { TextStyle } from '../report/text-style.ts';
import { hanging } from '../report/text-width.ts';
import { type Atlas, type AtlasCell, cellStatuses } from './atlas.ts';
import { byProperty } from './by-property.ts';
import { matrixLines } from './matrix.ts';
import { findingClass, isTriaged } from './triage.ts';

/** The atlas for a terminal: the matrix, then each violated pair with its violations. */
export function atlasLines(atlas: Atlas, look: TextStyle): string[] {
  const { alone, pairs } = atlas;
  return [
    ...matrixLines(atlas, look),
    '',
    ...listed('violated by one request alone', alone, look),
    ...listed('violated by two requests, and by neither of them alone', pairs, look),
    ...undecidedLines([...alone, ...pairs], look),
    ...refusedLines([...alone, ...pairs], look),
    ...hanging('', summary(atlas), look.width),
  ];
}

function listed(title: string, cells: readonly AtlasCell[], look: TextStyle): string[] {
  const violated = cells.filter(({ status }) => status === 'violated');
  if (violated.length === 0) return [];
  return [look.paint.strong(title), ...violated.flatMap((cell) => cellLines(cell, look)), ''];
}

/** `attach + detach`, and a line for each property that is violated. */
function cellLines(cell: AtlasCell, look: TextStyle): string[] {
  const findings = groupsOf(cell).flatMap((text) => hanging('    - ', text, look.width));
  const names = new Set(
    cell.findings.map((finding) => {
      const found = findingClass(cell, finding);
      return found === undefined ? 'not triaged' : `${found.id} (${found.kind}: ${found.shownBy})`;
    }),
  );
  const triage = cell.requests.length === 1 ? [] : [...names];
  return [
    '',
    ...hanging('  ', cell.requests.join(' + '), look.width),
    ...findings,
    ...triage.flatMap((name) => hanging('    ', name, look.width).map(look.paint.dim)),
  ];
}

/** `a guest reaches the volume of each of its disks (31 steps; same-running-free)` */
function groupsOf({ findings }: AtlasCell): string[] {
  return byProperty(findings).map(({ property, steps, faults, findings: of }) => {
    const where = [...new Set(of.map(({ configuration }) => configuration))].join(', ');
    const isAlways = of.some(({ fault }) => fault === null);
    const why = isAlways || faults.length === 0 ? '' : `; with ${faults.join(', ')}`;
    return `${property} (${count(steps, 'step')}; ${where}${why})`;
  });
}

function undecidedLines(cells: readonly AtlasCell[], look: TextStyle): string[] {
  const open = cells.flatMap(({ requests, parts }) =>
    parts
      .filter(
        ({ status, undecidedFaults = [] }) => status === 'undecided' || undecidedFaults.length > 0,
      )
      .map(({ configuration, undecidedFaults }) => {
        const what = undecidedFaults === undefined ? '' : ` with ${undecidedFaults.join(', ')}`;
        return `${requests.join(' + ')} (${configuration})${what}`;
      }),
  );
  if (open.length === 0) return [];
  const lines = open.flatMap((text) => hanging('  ', text, look.width));
  return [look.paint.warn('undecided: a search did not end'), ...lines, ''];
}

/** The refused configurations, by reason. */
function refusedLines(cells: readonly AtlasCell[], look: TextStyle): string[] {
  const reasons = new Map<string, number>();
  for (const { parts } of cells) {
    for (const { reason } of parts) {
      if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
  if (reasons.size === 0) return [];
  const lines = [...reasons].flatMap(([reason, times]) =>
    hanging('  ', `${number(times)}: ${reason}`, look.width),
  );
  return [look.paint.dim('refused configurations'), ...lines, ''];
}

function summary({ release, pairs, withFaults }: Atlas): string {
  const amounts = cellStatuses
    .map((status) => [pairs.filter((cell) => cell.status === status).length, status] as const)
    .filter(([amount]) => amount > 0)
    .map(([amount, status]) => `${number(amount)} ${status.replace('_', ' ')}`);
  const faults = withFaults ? ', without and with each single fault' : '';
  const violated = pairs.filter(({ status }) => status === 'violated');
  const triaged = violated.filter(isTriaged).length;
  const triage =
    violated.length === 0 ? '' : `; ${number(triaged)} of the violated ones are triaged`;
  return `${count(pairs.length, 'pair')} on ${release}${faults}: ${amounts.join(', ')}${triage}`;
}
