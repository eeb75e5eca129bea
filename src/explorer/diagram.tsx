import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { spaceTimeSvg } from '../report/diagram/space-time-svg.ts';
import type { Run } from '../report/runs.ts';
import { reportRun } from './report-run.ts';
import type { Session } from './session.ts';
import { stateAt } from './walk.ts';

/**
 * A run of up to this many steps is drawn whole; of a longer one, the part around the current step.
 */
const wholeMax = 120;
/** The number of steps in such a part. */
const partSteps = 60;

/** The walk as a space-time diagram. A click on a step goes there; the current step is marked. */
export function Diagram({
  session,
  onGo,
}: {
  readonly session: Session;
  readonly onGo: (at: number) => void;
}): VNode | null {
  const { walk, at } = session;
  const [open, setOpen] = useState(false);
  const count = walk.steps.length;
  const isWhole = count <= wholeMax;
  const first = isWhole ? 0 : Math.floor((Math.max(1, at) - 1) / partSteps) * partSteps;
  const last = isWhole ? count : Math.min(count, first + partSteps);
  const box = useRef<HTMLDivElement>(null);
  // The page already has the diagram's style sheet, because its policy allows no other.
  const svg = useMemo(
    () =>
      open
        ? spaceTimeSvg(runBetween(session, first, last), first).replace(/<style>.*?<\/style>/s, '')
        : '',
    [walk, open, first],
  );
  useEffect(() => {
    for (const step of box.current?.querySelectorAll('.step') ?? []) {
      step.classList.toggle('looked-at', step.getAttribute('data-step') === String(at));
    }
  }, [svg, at]);
  if (count === 0) return null;
  const follow = (event: Event): void => {
    const step = event.target instanceof Element ? event.target.closest('[data-step]') : null;
    const number = Number(step?.getAttribute('data-step'));
    if (number > 0) onGo(number);
  };
  return (
    <section aria-label="Space-time diagram">
      <details class="panel diagram" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <h2>Space-time diagram</h2>{' '}
          {!isWhole && (
            <span class="quiet">
              steps {first + 1} to {last} of {count}
            </span>
          )}
        </summary>
        {/* Keys move between steps wherever the focus is, but scroll only a focused element. */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
        <div
          class="scroll"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
          tabIndex={0}
          ref={box}
          onClick={follow}
          // The function behind the svg report made this text, and escaped all names.
          dangerouslySetInnerHTML={{ __html: svg }}
        />
      </details>
    </section>
  );
}

/** A part of the walk as a run; only the whole walk carries the reasons. */
function runBetween(session: Session, first: number, last: number): Run {
  const run = reportRun(session);
  const { steps, schedule, initIndex } = run.trace;
  if (first === 0 && last === steps.length) return run;
  return {
    ...run,
    property: {
      ...run.property,
      verdict: last === steps.length ? run.property.verdict : 'undecided',
    },
    trace: {
      init: stateAt(session.walk, first),
      initIndex,
      steps: steps.slice(first, last),
      schedule: schedule.slice(first, last),
    },
  };
}
