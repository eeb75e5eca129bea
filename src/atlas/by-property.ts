import type { Finding } from './atlas.ts';

/** The findings about one property. */
export interface OfProperty {
  readonly property: string;
  /** Steps of the shortest counterexample. */
  readonly steps: number;
  /** The faults that some of them need, each once. */
  readonly faults: readonly string[];
  readonly findings: readonly Finding[];
}

/** The findings of a cell, or of a part of it, by property, in the order in which they stand. */
export function byProperty(all: readonly Finding[]): readonly OfProperty[] {
  return [...new Set(all.map(({ property }) => property))].map((property) => {
    const findings = all.filter((finding) => finding.property === property);
    return {
      property,
      steps: Math.min(...findings.map(({ steps }) => steps)),
      faults: [...new Set(findings.flatMap(({ fault }) => fault ?? []))],
      findings,
    };
  });
}
