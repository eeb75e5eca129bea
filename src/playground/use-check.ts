import { useEffect, useRef, useState } from 'preact/hooks';
import { nothingKnown, type Outcome } from './messages.ts';
import { type Running, runWorker } from './run-worker.ts';
import { endText, progressText } from './status.ts';

/** The state of the check of the page. */
export interface Checking {
  readonly isRunning: boolean;
  readonly status: string;
  readonly outcome: Outcome;
  readonly start: (text: string) => void;
  readonly stop: () => void;
  /** Ends the check and says `status` in place of its result. */
  readonly drop: (status: string) => void;
}

/** Runs at most one check at a time; another start ends the one before. */
export function useCheck(firstStatus: string): Checking {
  const [isRunning, setRunning] = useState(false);
  const [status, setStatus] = useState(firstStatus);
  const [outcome, setOutcome] = useState<Outcome>(nothingKnown);
  const running = useRef<Running | undefined>(undefined);
  const end = (): void => {
    running.current?.drop();
    running.current = undefined;
    setRunning(false);
  };
  useEffect(() => end, []);
  const start = (text: string): void => {
    end();
    const began = performance.now();
    setRunning(true);
    setStatus(progressText(nothingKnown));
    running.current = runWorker(
      text,
      (known) => setStatus(progressText(known)),
      (known, ending) => {
        running.current = undefined;
        setRunning(false);
        setOutcome(known);
        setStatus(endText(known, ending, (performance.now() - began) / 1000));
      },
    );
  };
  const drop = (why: string): void => {
    end();
    setOutcome(nothingKnown);
    setStatus(why);
  };
  return { isRunning, status, outcome, start, stop: () => running.current?.stop(), drop };
}
