/** The number of levels to which the curve is fitted. */
const WINDOW = 8;
/** A forecast beyond this many times the known states is worthless. */
const FACTOR_MAX = 1e4;
/** A curve fitted to so few levels says nothing about levels further away. */
const AHEAD_MAX = 8 * WINDOW;

/**
 * An estimate of the number of all states, from the sizes of the complete levels of a breadth-first
 * search and the number of `known` states. Level sizes of protocols rise and fall like a bell. So a
 * parabola is fitted to the logarithms of the last ones and followed until it drops below one
 * state. Undefined where the curve does not bend down within 64 levels.
 */
export function forecast(levelSizes: readonly number[], known: number): number | undefined {
  const recent = levelSizes.slice(-WINDOW);
  if (recent.length < 4) return undefined;
  const curve = parabola(recent.map((size) => Math.log(Math.max(1, size))));
  if (curve.bend >= 0) return undefined;
  let total = known;
  for (let x = recent.length; x < AHEAD_MAX; x++) {
    const size = Math.exp(curve.base + curve.slope * x + curve.bend * x * x);
    const falls = curve.slope + 2 * curve.bend * x < 0;
    if (size < 1 && falls) return Math.round(total);
    total += size;
    if (total > known * FACTOR_MAX) return undefined;
  }
  return undefined;
}

/** Least squares of y over 0, 1, 2 …: base + slope x + bend x². */
function parabola(ys: readonly number[]): { base: number; slope: number; bend: number } {
  const sum = (term: (x: number, y: number) => number) =>
    ys.reduce((total, y, x) => total + term(x, y), 0);
  const n = ys.length;
  const [x1, x2, x3, x4] = [1, 2, 3, 4].map((power) => sum((x) => x ** power)) as [
    number,
    number,
    number,
    number,
  ];
  const [y0, y1, y2] = [0, 1, 2].map((power) => sum((x, y) => y * x ** power)) as [
    number,
    number,
    number,
  ];
  const determinant = (m: readonly (readonly [number, number, number])[]) => {
    const [[a, b, c], [d, e, f], [g, h, i]] = m as [
      [number, number, number],
      [number, number, number],
      [number, number, number],
    ];
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  };
  const all = determinant([
    [n, x1, x2],
    [x1, x2, x3],
    [x2, x3, x4],
  ]);
  const base = determinant([
    [y0, x1, x2],
    [y1, x2, x3],
    [y2, x3, x4],
  ]);
  const slope = determinant([
    [n, y0, x2],
    [x1, y1, x3],
    [x2, y2, x4],
  ]);
  const bend = determinant([
    [n, x1, y0],
    [x1, x2, y1],
    [x2, x3, y2],
  ]);
  return { base: base / all, slope: slope / all, bend: bend / all };
}
