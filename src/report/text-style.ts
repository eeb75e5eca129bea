/** How a report is to look: pure functions get it as an argument and know nothing of terminals. */
export interface TextStyle {
  /** Columns that a line may have. */
  readonly width: number;
  readonly paint: Paint;
}

/** Five ways to emphasise a piece of text. Each leaves its displayed width unchanged. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
}

const same = (text: string): string => text;

/** No colour at all: for pipes, files, NO_COLOR, and tests. */
export const plainPaint: Paint = { good: same, bad: same, warn: same, dim: same, strong: same };
