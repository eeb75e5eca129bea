/**
 * The name in `known` that `typed` most likely means: the one with the fewest slips, which are at
 * most a third of its letters; undefined when none is that near.
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
 * The `most` names in `known` that resemble `typed` best: first those that begin with it or contain
 * it, then those with the fewest slips.
 */
export function nearestOf(typed: string, known: readonly string[], most: number): string[] {
  const word = typed.toLowerCase();
  const distance = (candidate: string): number => {
    const name = candidate.toLowerCase();
    if (name.startsWith(word)) return -2;
    return name.includes(word) ? -1 : slipsBetween(word, name);
  };
  const ranked = known.map((name) => ({ name, distance: distance(name) }));
  // The sort is stable, so equals stay in the order of `known`.
  return ranked
    .sort((one, other) => one.distance - other.distance)
    .slice(0, most)
    .map(({ name }) => name);
}

/** Only this many letters are compared, because the time grows with the product of the lengths. */
const comparedMax = 200;

/**
 * The number of letters to insert, drop, replace or swap with a neighbour (optimal string
 * alignment).
 */
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
  // Letters beyond those compared count as inserted or dropped.
  return at(a.length, b.length) + Math.abs(one.length - a.length - (other.length - b.length));
}
