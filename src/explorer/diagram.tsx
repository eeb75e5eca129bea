import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { spaceTimeSvg } from '../report/diagram/space-time-svg.ts';
import { reportRun } from './report-run.ts';
import type { Session } from './session.ts';

/** Steps up to which a diagram can be read. */
const shownMax = 120;

/** The walk as a space-time diagram: a click on a step goes there, and the step that is looked at is marked. */
export function Diagram({
  session,
  onGo,
}: {
  readonly session: Session;
  readonly onGo: (at: number) => void;
}): VNode | null {
  const { walk, at } = session;
  const [open, setOpen] = useState(false);
  const drawable = walk.steps.length > 0 && walk.steps.length <= shownMax;
  const box = useRef<HTMLDivElement>(null);
  // Its style sheet is part of the page's: the policy of the page lets no other in.
  const svg = useMemo(
    () =>
      open && drawable ? spaceTimeSvg(reportRun(session)).replace(/<style>.*?<\/style>/s, '') : '',
    [walk, open, drawable],
  );
  useEffect(() => {
    for (const step of box.current?.querySelectorAll('.step') ?? []) {
      step.classList.toggle('looked-at', step.getAttribute('data-step') === String(at));
    }
  }, [svg, at]);
  if (!drawable) return null;
  const follow = (event: Event): void => {
    const step = event.target instanceof Element ? event.target.closest('[data-step]') : null;
    const number = Number(step?.getAttribute('data-step'));
    if (number > 0) onGo(number);
  };
  return (
    <section aria-label="Space-time diagram">
      <details class="panel diagram" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <h2>Space-time diagram</h2>
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
