import type { VNode } from 'preact';
import { ChangeList } from './change-list.tsx';
import type { Session } from './session.ts';
import { Locks, StateView } from './state-view.tsx';
import { StepName } from './step-list.tsx';
import { Name } from './text.tsx';
import { stateAt } from './walk.ts';

/** The current step: its changes, what it read and wrote, and the locks that are held after it. */
export function StepCard({
  session,
  onGo,
}: {
  readonly session: Session;
  readonly onGo: (at: number) => void;
}): VNode {
  const { walk, at } = session;
  const step = walk.steps[at - 1];
  const last = walk.steps.length;
  return (
    <section class="panel card" aria-labelledby="card-title">
      <div class="card-head">
        <h2 id="card-title">{at === 0 ? 'Initial state' : `Step ${at} of ${last}`}</h2>
        <fieldset class="moves">
          <legend class="hidden">Walk</legend>
          <Move label="First" sign="«" to={0} off={at === 0} onGo={onGo} />
          <Move label="Back" sign="‹" to={at - 1} off={at === 0} onGo={onGo} />
          <Move label="Forward" sign="›" to={at + 1} off={at === last} onGo={onGo} />
          <Move label="Last" sign="»" to={last} off={at === last} onGo={onGo} />
        </fieldset>
      </div>
      {step !== undefined && (
        <>
          <p class="card-step">
            <StepName step={step} />
          </p>
          <ChangeList changes={step.changes} />
          {step.source !== undefined && (
            <p class="source quiet">
              defined in{' '}
              <code>
                <Name text={`${step.source.file}:${step.source.line}`} />
              </code>
            </p>
          )}
          <details class="slots">
            <summary>
              read {step.reads.length}, wrote {step.writes.length}
            </summary>
            <Slots title="read" names={step.reads} />
            <Slots title="wrote" names={step.writes} />
          </details>
        </>
      )}
      <Locks world={stateAt(walk, at)} />
    </section>
  );
}

/** The whole state after the current step. */
export function StateCard({ session }: { readonly session: Session }): VNode {
  const { walk, at } = session;
  return (
    <section class="panel" aria-labelledby="state-title">
      <h2 id="state-title">{at === 0 ? 'The initial state' : `State after step ${at}`}</h2>
      <StateView world={stateAt(walk, at)} changes={walk.steps[at - 1]?.changes ?? []} />
    </section>
  );
}

function Move({
  label,
  sign,
  to,
  off,
  onGo,
}: {
  readonly label: string;
  readonly sign: string;
  readonly to: number;
  readonly off: boolean;
  readonly onGo: (at: number) => void;
}): VNode {
  return (
    <button type="button" aria-label={label} title={label} disabled={off} onClick={() => onGo(to)}>
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}

function Slots({
  title,
  names,
}: {
  readonly title: string;
  readonly names: readonly string[];
}): VNode | null {
  if (names.length === 0) return null;
  return (
    <p>
      <span class="quiet">{title}</span>{' '}
      {names.map((name) => (
        <code key={name}>
          <Name text={name} />
        </code>
      ))}
    </p>
  );
}
