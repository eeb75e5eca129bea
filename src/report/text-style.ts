/**
 * The style of a report. It is an argument, because the functions of this folder know nothing of
 * terminals.
 */
export interface TextStyle {
  /** The number of columns of a line. */
  readonly width: number;
  readonly paint: Paint;
}

/** Five ways to emphasise text. None changes its displayed width. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
}

const same = (text: string): string => text;

/** No colour, for pipes, files, NO_COLOR and tests. */
export const plainPaint: Paint = { good: same, bad: same, warn: same, dim: same, strong: same };
