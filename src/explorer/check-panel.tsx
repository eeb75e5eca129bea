import type { VNode } from 'preact';
import type { Progress } from '../checker/result/options.ts';
import type { StopReason } from '../checker/result/stop-reason.ts';
import { number } from '../report/figures.ts';
import type { Bounds } from './bounds.ts';
import type { Check } from './live-check.ts';
import type { PageResult } from './page-data.ts';
import { Name } from './text.tsx';

/** Starts a check at the server, and shows its progress and result. */
export function CheckPanel({
  check,
  bounds,
  isPoint,
  onBounds,
  onStart,
  onStop,
}: {
  readonly check: Check;
  readonly bounds: Bounds;
  /** True if the page shows a point that can be checked. */
  readonly isPoint: boolean;
  readonly onBounds: (bounds: Bounds) => void;
  readonly onStart: () => void;
  readonly onStop: () => void;
}): VNode {
  return (
    <section class="panel" aria-labelledby="check-title">
      <h2 id="check-title">Check every interleaving</h2>
      <p>
        {check.phase === 'running' ? (
          <button type="button" onClick={onStop}>
            {check.isStopping ? 'End now' : 'Stop'}
          </button>
        ) : (
          <button type="button" class="main" onClick={onStart} disabled={!isPoint}>
            {check.phase === 'done' ? 'Check again' : 'Check'}
          </button>
        )}
      </p>
      <BoundsFields bounds={bounds} onBounds={onBounds} />
      <div aria-live="polite">
        {check.phase === 'running' && check.isStopping && (
          <p class="quiet">stopping; the verdicts that are known so far follow</p>
        )}
        {check.phase === 'running' && check.ahead > 0 && (
          <p class="quiet">waiting for {checksText(check.ahead)} to end</p>
        )}
        {check.phase === 'running' && check.ahead === 0 && (
          <ProgressLine progress={check.progress} />
        )}
        {check.phase === 'failed' && <p class="problem">{check.message}</p>}
        {check.phase === 'done' && <ResultLine result={check.result} />}
      </div>
    </section>
  );
}

function checksText(count: number): string {
  return count === 1 ? 'another check' : `${count} other checks`;
}

/** The fields for the bounds of a check; an empty field means no bound. */
function BoundsFields({
  bounds,
  onBounds,
}: {
  readonly bounds: Bounds;
  readonly onBounds: (bounds: Bounds) => void;
}): VNode {
  const field = (name: keyof Bounds, label: string): VNode => (
    <label>
      <span>{label}</span>
      <input
        type="number"
        min={1}
        step={1}
        placeholder="no bound"
        value={bounds[name] ?? ''}
        onInput={({ currentTarget: { value, validity } }) => {
          onBounds({
            ...bounds,
            [name]: value !== '' && validity.valid ? Number(value) : undefined,
          });
        }}
      />
    </label>
  );
  return (
    <details class="bounds">
      <summary>Bounds</summary>
      <div>
        {field('states', 'states at most')}
        {field('depth', 'steps at most')}
        {field('seconds', 'seconds at most')}
      </div>
    </details>
  );
}

function ProgressLine({ progress }: { readonly progress: Progress | undefined }): VNode {
  if (progress === undefined) return <p class="quiet">starting</p>;
  const { states, levels, waiting, forecast, violated } = progress;
  return (
    <>
      <progress max={forecast} value={forecast === undefined ? undefined : states}>
        {number(states)} states
      </progress>
      <p>
        {number(states)} states, {number(levels)} levels, {number(waiting)} waiting
        {forecast === undefined ? '' : `, about ${number(forecast)} in all`}
      </p>
      {violated.map((name) => (
        <p key={name} class="problem">
          violated: <Name text={name} />
        </p>
      ))}
    </>
  );
}

/** The verdict and what it rests on, in one line. */
export function ResultLine({ result }: { readonly result: PageResult }): VNode {
  const { verdict, states, levels, complete, stopReason, seconds, asExpected } = result;
  return (
    <p>
      <span class={`tag ${verdict}`}>{verdict}</span> {number(states)} states, {number(levels)}{' '}
      levels, {seconds.toFixed(1)} s
      {complete ? '' : `, not all of them: ${stopReasons[stopReason ?? 'interrupted']}`}
      {asExpected === null ? '' : asExpected ? ', as expected' : ', NOT as expected'}
    </p>
  );
}

/** What each reason to stop means. */
export const stopReasons: Readonly<Record<StopReason, string>> = {
  states_max: 'stopped at the bound on states',
  depth_max: 'stopped at the bound on steps',
  first_violation: 'stopped at the first violation',
  simulated: 'random runs were taken',
  time_max: 'stopped at the bound on time',
  memory_max: 'stopped at the bound on memory',
  no_memory: 'stopped because there was no memory left',
  constraint: 'a run that leaves the constraint is not followed',
  symmetry: 'a search of orbits does not decide about whole runs',
  error: 'an error in the model stopped the search',
  interrupted: 'stopped by hand',
};
