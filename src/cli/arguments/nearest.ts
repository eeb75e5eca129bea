/**
 * The one of `known` that was most likely meant by `typed`: the fewest slips of the finger away,
 * and not more than a third of the word; undefined when none is that near.
 */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let slipsMax = Math.max(1, Math.floor(typed.length / 3));
  for (const candidate of known) {
    const slips = slipsBetween(typed.toLowerCase(), candidate.toLowerCase());
    if (slips > slipsMax || (slips === slipsMax && best !== undefined)) continue;
    best = candidate;
    slipsMax = slips;
  }
  return best ?? known.find((candidate) => typed.length > 2 && candidate.startsWith(typed));
}

/**
 * The `most` of `known` that are likest to `typed`: what begins with it or contains it, then the
 * fewest slips away.
 */
export function nearestOf(typed: string, known: readonly string[], most: number): string[] {
  const word = typed.toLowerCase();
  const distance = (candidate: string): number => {
    const name = candidate.toLowerCase();
    if (name.startsWith(word)) return -2;
    return name.includes(word) ? -1 : slipsBetween(word, name);
  };
  const ranked = known.map((name) => ({ name, distance: distance(name) }));
  // Equals stay in the order in which they are known.
  return ranked
    .sort((one, other) => one.distance - other.distance)
    .slice(0, most)
    .map(({ name }) => name);
}

/**
 * Of longer words only the beginning is compared: that takes as long as the product of their
 * lengths.
 */
const comparedMax = 200;

/** Letters to insert, drop, replace or swap with their neighbour (optimal string alignment). */
function slipsBetween(one: string, other: string): number {
  const a = one.slice(0, comparedMax);
  const b = other.slice(0, comparedMax);
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same, swapped));
    }
  }
  // What is not compared is taken for letters to insert or drop.
  return at(a.length, b.length) + Math.abs(one.length - a.length - (other.length - b.length));
}
