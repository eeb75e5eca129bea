import type { VNode } from 'preact';
import { ChangeList } from './change-list.tsx';
import { StepName } from './step-list.tsx';
import type { WalkStep } from './walk.ts';

/**
 * The enabled steps, with the changes of each. A step other than the next one of the walk begins a
 * branch.
 */
export function ChoicesPanel({
  choices,
  next,
  why,
  onTake,
}: {
  readonly choices: readonly WalkStep[];
  /** The entry of the next step of the walk. */
  readonly next: string | undefined;
  /** Why there are no steps to show although the run may go on. */
  readonly why: string | undefined;
  readonly onTake: (step: WalkStep) => void;
}): VNode {
  return (
    <section class="panel" aria-labelledby="choices-title">
      <h2 id="choices-title">What can happen next</h2>
      {why !== undefined && <p class="quiet">{why}</p>}
      {why === undefined && choices.length === 0 && (
        <p class="quiet">Nothing: no run goes on from here.</p>
      )}
      <ul class="choices">
        {choices.map((step, i) => (
          <li key={`${step.entry} ${i}`}>
            <button type="button" class="choice" onClick={() => onTake(step)}>
              <span class="choice-name">
                {i < 9 && <kbd>{i + 1}</kbd>}
                <StepName step={step} />
                {step.entry === next && <span class="tag next">next in this run</span>}
              </span>
              <ChangeList changes={step.changes} most={4} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
