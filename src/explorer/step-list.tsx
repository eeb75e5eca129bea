import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { pickText } from '../checker/result/schedule-entry.ts';
import { printable, valueText } from '../report/value-text.ts';
import { useActorClass } from './actor-class.ts';
import { clipped, Name } from './text.tsx';
import type { Walk, WalkStep } from './walk.ts';

/** The height of a row in pixels, as in the style sheet. The list draws only the visible rows. */
const rowHeight = 46;
/** The number of rows drawn above and below the visible ones. */
const margin = 8;

export interface StepListProps {
  readonly walk: Walk;
  readonly at: number;
  /** The numbers of the steps to list, from 1; 0 is the initial state. */
  readonly numbers: readonly number[];
  /**
   * The number of the first step that differs from the run of the check; undefined when none does.
   */
  readonly ownFrom: number | undefined;
  readonly isBad: (at: number) => boolean;
  readonly roleOf: (at: number) => 'races' | 'irrelevant' | undefined;
  readonly onGo: (at: number) => void;
}

/** The list of the steps. Its length does not matter, because only visible rows are in the page. */
export function StepList(props: StepListProps): VNode {
  const { walk, at, numbers, ownFrom, isBad, roleOf, onGo } = props;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const position = numbers.indexOf(at);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || position < 0) return;
    const [top, bottom] = [position * rowHeight, (position + 1) * rowHeight];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight) {
      element.scrollTop = bottom - element.clientHeight;
    }
  }, [position, numbers.length]);
  const first = Math.max(0, Math.floor(view.top / rowHeight) - margin);
  const last = Math.min(numbers.length, Math.ceil((view.top + view.height) / rowHeight) + margin);
  return (
    <div
      class="steps"
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label="Steps"
      aria-activedescendant={position >= first && position < last ? `step-${at}` : undefined}
    >
      <div class="steps-all" style={{ height: `${numbers.length * rowHeight}px` }}>
        {numbers.slice(first, last).map((number, i) => (
          <Row
            key={number}
            number={number}
            step={walk.steps[number - 1]}
            index={first + i}
            count={numbers.length}
            isCurrent={number === at}
            isOwn={ownFrom !== undefined && number >= ownFrom}
            isBad={isBad(number)}
            role={roleOf(number)}
            loops={walk.loopsTo !== undefined && number > walk.loopsTo}
            onGo={onGo}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly number: number;
  /** Undefined for the initial state. */
  readonly step: WalkStep | undefined;
  readonly index: number;
  readonly count: number;
  readonly isCurrent: boolean;
  readonly isOwn: boolean;
  readonly isBad: boolean;
  readonly role: ReturnType<StepListProps['roleOf']>;
  readonly loops: boolean;
  readonly onGo: (at: number) => void;
}

function Row(props: RowProps): VNode {
  const { number, step, index, count, isCurrent, isOwn, isBad, role, loops, onGo } = props;
  const classes = [
    'row',
    isCurrent && 'current',
    isBad && 'bad',
    isOwn && 'own',
    loops && 'loops',
    role,
  ];
  return (
    // The whole page handles keys.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      id={`step-${number}`}
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      aria-setsize={count}
      aria-posinset={index + 1}
      class={classes.filter(Boolean).join(' ')}
      style={{ top: `${index * rowHeight}px` }}
      onClick={() => onGo(number)}
    >
      <span class="number">{number}</span>
      <span class="row-text">
        {step === undefined ? <b>the beginning</b> : <StepName step={step} />}
        <span class="row-more">{step === undefined ? '' : shortChange(step)}</span>
      </span>
      <span class="row-tags">
        {role === 'races' && <span class="tag undecided">races</span>}
        {isBad && <span class="tag bad">fails</span>}
      </span>
    </div>
  );
}

/** The actor, the label and the picks of a step. */
export function StepName({
  step,
}: {
  readonly step: Pick<WalkStep, 'actor' | 'label' | 'picks'>;
}): VNode {
  const picks = Object.entries(step.picks);
  return (
    <span class="step-name">
      {step.actor !== undefined && <ActorName actor={step.actor} />}{' '}
      <b>
        <Name text={step.label} />
      </b>
      {picks.map(([name, value]) => (
        <span key={name} class="pick">
          {' '}
          <Name text={pickText(name, value)} />
        </span>
      ))}
    </span>
  );
}

function ActorName({ actor }: { readonly actor: string }): VNode {
  return (
    <span class={`actor ${useActorClass(actor)}`}>
      <Name text={actor} />
    </span>
  );
}

/** The change of a step to show in its row: one of the state before one of the process itself. */
function shortChange({ actor, changes }: WalkStep): string {
  const world = changes.filter(({ path }) => !path.startsWith('processes.'));
  const [first, ...others] = world.length > 0 ? world : changes;
  if (first === undefined) return 'changes nothing';
  const after = first.after === undefined ? 'deleted' : valueText(first.after);
  const more = others.length === 0 ? '' : `, +${others.length}`;
  const goesOn = actor !== undefined && first.path === `processes.${actor}.at`;
  const text = goesOn ? `goes on to ${after}` : `${first.path} = ${after}`;
  return clipped(printable(text), 90) + more;
}
