import type { SingleBar } from 'cli-progress';

/** Shows on standard error how a command gets on, to those who have waited for a while. */
export interface Meter {
  /** `text` gets the columns that it may have. Called often: only the latest text is ever shown. */
  show(text: (width: number) => string): void;
  /** Takes the line away, so that something else can be printed or the command can end. */
  clear(): void;
}

/** Who waits less than this sees no progress: on a terminal, and in a log. */
const patienceSeconds = { terminal: 0.5, log: 5 };
/** In a log one line each time this has passed. */
const logEveryMs = 10_000;

/** A line that redraws itself on a terminal, and sparse plain lines elsewhere. */
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
    // It may have been cleared while the module was being loaded.
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
    // The signal is handled where the search runs, and the line is cleared there.
    gracefulExit: false,
  });
  bar.start(0, 0);
  return bar;
}

/**
 * Shows the cursor again, which a line that redraws itself hides; to be called when the program
 * ends in the middle.
 */
export function showCursor(stream: NodeJS.WriteStream = process.stderr): void {
  if (stream.isTTY) stream.write('\x1b[?25h');
}
