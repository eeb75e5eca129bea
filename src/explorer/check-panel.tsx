import type { VNode } from 'preact';
import type { Progress } from '../checker/options.ts';
import { number } from '../report/figures.ts';
import type { Check } from './live-check.ts';
import type { PageResult } from './page-data.ts';
import { Name } from './text.tsx';

/** Starts a check at the server, and tells how it goes. */
export function CheckPanel({
  check,
  onStart,
  onStop,
}: {
  readonly check: Check;
  readonly onStart: () => void;
  readonly onStop: () => void;
}): VNode {
  return (
    <section class="panel" aria-labelledby="check-title">
      <h2 id="check-title">Check every interleaving</h2>
      <p>
        {check.phase === 'running' ? (
          <button type="button" onClick={onStop}>
            Stop
          </button>
        ) : (
          <button type="button" class="main" onClick={onStart}>
            {check.phase === 'done' ? 'Check again' : 'Check'}
          </button>
        )}
      </p>
      <div aria-live="polite">
        {check.phase === 'running' && <ProgressLine progress={check.progress} />}
        {check.phase === 'failed' && <p class="problem">{check.message}</p>}
        {check.phase === 'done' && <ResultLine result={check.result} />}
      </div>
    </section>
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
  const { verdict, states, levels, complete, because, seconds, asExpected } = result;
  return (
    <p>
      <span class={`tag ${verdict}`}>{verdict}</span> {number(states)} states, {number(levels)}{' '}
      levels, {seconds.toFixed(1)} s
      {complete ? '' : `, not all of them (${because ?? 'interrupted'})`}
      {asExpected === null ? '' : asExpected ? ', as expected' : ', NOT as expected'}
    </p>
  );
}
