import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { spaceTimeSvg } from '../report/diagram/space-time-svg.ts';
import type { Run } from '../report/runs.ts';
import { reportRun } from './report-run.ts';
import type { Session } from './session.ts';
import { stateAt } from './walk.ts';

/**
 * Steps up to which a run is drawn whole; of a longer one the part around the step that is looked
 * at.
 */
const wholeMax = 120;
/** Steps of a part. */
const partSteps = 60;

/**
 * The walk as a space-time diagram: a click on a step goes there, and the step that is looked at is
 * marked.
 */
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
  // Its style sheet is part of the page's: the policy of the page lets no other in.
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
        {/* The keyboard walks through the steps wherever the focus is; only what has the focus can be scrolled with keys. */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
        <div
          class="scroll"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
          tabIndex={0}
          ref={box}
          onClick={follow}
          // Made by the function that writes the svg report, which escapes whatever the model says.
          dangerouslySetInnerHTML={{ __html: svg }}
        />
      </details>
    </section>
  );
}

/** The walk, or some steps of a long one; why it fails is told of the whole only. */
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
