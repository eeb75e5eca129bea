import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
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

/** The drawing is never smaller than this when it is fitted to the width: it stays legible. */
const scaleMin = 0.6;
const zoomStep = 1.25;

/**
 * The walk as a space-time diagram, as wide as the page where that stays legible. A click on a step
 * goes there; the current step is marked and in sight.
 */
export function Diagram({
  session,
  onGo,
}: {
  readonly session: Session;
  readonly onGo: (at: number) => void;
}): VNode | null {
  const { walk, at } = session;
  const [open, setOpen] = useState(true);
  const [zoom, setZoom] = useState<number | undefined>(undefined);
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
  const scale = useScale(box, svg, zoom);
  useEffect(() => {
    for (const step of box.current?.querySelectorAll('.step') ?? []) {
      const isCurrent = step.getAttribute('data-step') === String(at);
      step.classList.toggle('looked-at', isCurrent);
      if (isCurrent && box.current !== null) bringIntoSight(step, box.current);
    }
  }, [svg, at, scale]);
  if (count === 0) return null;
  const follow = (event: Event): void => {
    const step = event.target instanceof Element ? event.target.closest('[data-step]') : null;
    const number = Number(step?.getAttribute('data-step'));
    if (number > 0) onGo(number);
  };
  return (
    <section aria-label="Space-time diagram">
      <details class="panel diagram" open onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <h2>Space-time diagram</h2>{' '}
          {!isWhole && (
            <span class="quiet">
              steps {first + 1} to {last} of {count}
            </span>
          )}
        </summary>
        <Zoom scale={scale} isFitted={zoom === undefined} onZoom={setZoom} />
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

/** Buttons for the size of the drawing. */
function Zoom({
  scale,
  isFitted,
  onZoom,
}: {
  readonly scale: number;
  readonly isFitted: boolean;
  readonly onZoom: (zoom: number | undefined) => void;
}): VNode {
  return (
    <fieldset class="zoom">
      <legend class="hidden">Size of the diagram</legend>
      <button type="button" onClick={() => onZoom(scale / zoomStep)} aria-label="Smaller">
        −
      </button>
      <button type="button" onClick={() => onZoom(scale * zoomStep)} aria-label="Larger">
        +
      </button>
      <button type="button" onClick={() => onZoom(undefined)} disabled={isFitted}>
        fit
      </button>
      <span class="quiet">{Math.round(scale * 100)} %</span>
    </fieldset>
  );
}

/** Gives the drawing its size: the chosen one, or the width of the box. Returns the scale. */
function useScale(
  box: { readonly current: HTMLDivElement | null },
  svg: string,
  zoom: number | undefined,
): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [svg === '']);
  const natural = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1] ?? 0);
  const fitted = natural === 0 || width === 0 ? 1 : Math.min(1, width / natural);
  const scale = Math.min(4, Math.max(0.2, zoom ?? Math.max(scaleMin, fitted)));
  useLayoutEffect(() => {
    const drawing = box.current?.querySelector('svg');
    const [, , w = 0, h = 0] = (drawing?.getAttribute('viewBox') ?? '').split(' ').map(Number);
    drawing?.setAttribute('width', String(w * scale));
    drawing?.setAttribute('height', String(h * scale));
  }, [svg, scale]);
  return scale;
}

/** Scrolls the box, and not the page, so that the step is in sight. */
function bringIntoSight(step: Element, box: HTMLElement): void {
  const [inner, outer] = [step.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inner.top < outer.top) box.scrollTop -= outer.top - inner.top + 40;
  else if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom + 60;
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
