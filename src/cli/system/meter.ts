import type { SingleBar } from 'cli-progress';

/** Shows the progress of a command on standard error, once it has taken a while. */
export interface Meter {
  /**
   * `text` gets the number of columns that it may fill. The meter may be called often; it shows
   * only the latest text.
   */
  show(text: (width: number) => string): void;
  /** Removes the line, so that other output can follow or the command can end. */
  clear(): void;
}

/** Seconds before the first progress is shown: on a terminal, and in a log. */
const patienceSeconds = { terminal: 0.5, log: 5 };
/** Milliseconds between two lines in a log. */
const logEveryMs = 10_000;

/** A meter that redraws one line on a terminal, and prints a line now and then elsewhere. */
export function makeMeter(stream: NodeJS.WriteStream = process.stderr): Meter {
  const began = performance.now();
  const patience = stream.isTTY ? patienceSeconds.terminal : patienceSeconds.log;
  let bar: SingleBar | undefined;
  let isShown = false;
  let isLoading = false;
  let text = '';
  const load = async (): Promise<void> => {
    isLoading = true;
    const { default: progress } = await import('cli-progress');
    isLoading = false;
    // The meter may have been cleared while the module was loading.
    if (isShown) bar = startBar(progress, stream, () => text);
  };
  return {
    show(latest) {
      if (performance.now() - began < patience * 1000) return;
      text = latest((stream.columns ?? 100) - 1);
      isShown = true;
      if (bar !== undefined) bar.update(0);
      else if (!isLoading) void load();
    },
    clear() {
      bar?.stop();
      bar = undefined;
      isShown = false;
    },
  };
}

function startBar(
  progress: typeof import('cli-progress'),
  stream: NodeJS.WriteStream,
  text: () => string,
): SingleBar {
  const bar = new progress.SingleBar({
    format: text,
    stream,
    noTTYOutput: true,
    notTTYSchedule: logEveryMs,
    fps: 5,
    hideCursor: true,
    clearOnComplete: true,
    // The search handles the signal and clears the line.
    gracefulExit: false,
  });
  bar.start(0, 0);
  return bar;
}

/**
 * Shows the cursor again, which the redrawn line hides. To be called when the program ends early.
 */
export function showCursor(stream: NodeJS.WriteStream = process.stderr): void {
  if (stream.isTTY) stream.write('\x1b[?25h');
}
