import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { printable } from '../report/value-text.ts';
import { Actors, actorOrder } from './actor-class.ts';
import { ChoicesPanel } from './choices-panel.tsx';
import { Diagram } from './diagram.tsx';
import { FactsColumn } from './facts-column.tsx';
import type { PageData } from './page-data.ts';
import { PointGrid } from './point-grid.tsx';
import { RunChooser } from './run-chooser.tsx';
import { RunColumn } from './run-column.tsx';
import {
  backToFound,
  goTo,
  isAbout,
  isNowhere,
  openPoint,
  openResult,
  openRun,
  take,
} from './session.ts';
import { SetupForm } from './setup-form.tsx';
import { StateCard, StepCard } from './step-card.tsx';
import { clipped, Name } from './text.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { type Page, usePage } from './use-page.ts';
import { VerdictPanel } from './verdict-panel.tsx';

/**
 * The page: the steps of a run, the changes of each, the other steps that are enabled, and which
 * properties hold meanwhile.
 */
export function App({ data }: { readonly data: PageData }): VNode {
  const page = usePage(data);
  const { session, models, change } = page;
  const scenario = models?.scenarios.get(session.model);
  const { result } = page;
  const shownResults = data.mode === 'report' ? page.results : [];
  const order = useMemo(() => actorOrder(session.walk), [session.walk]);
  return (
    <Actors.Provider value={order}>
      {data.isFramed !== true && <TopBar model={session.model} data={data} />}
      {scenario !== undefined && data.mode === 'explore' && (
        <SetupForm
          data={data}
          scenario={scenario}
          session={session}
          onSetup={(point, faults) => {
            page.dropCheck();
            change(() => openPoint(models, { model: session.model, point, faults }));
          }}
        />
      )}
      <PointGrid
        results={shownResults}
        isShown={(each) => isAbout(each, session)}
        onOpen={(each) => change(() => openResult(models, each))}
      />
      <div class={result === undefined ? 'conclusion alone' : 'conclusion'}>
        <RunChooser
          session={session}
          results={shownResults}
          result={result}
          onOpen={(run) => change(() => openRun(models, run))}
          onBack={() => change(backToFound)}
        />
        {result !== undefined && <VerdictPanel result={result} />}
      </div>
      <Notices page={page} />
      <Diagram session={session} onGo={(to) => change((now) => goTo(now, to))} />
      <div class="columns">
        <RunColumn page={page} />
        <main>
          <Place page={page} />
        </main>
        <FactsColumn page={page} data={data} />
      </div>
    </Actors.Provider>
  );
}

/** Messages about problems: the page has no model, or the model does not follow a schedule. */
function Notices({ page }: { readonly page: Page }): VNode | null {
  const { unmodelled, session } = page;
  if (unmodelled === undefined && session.notice === undefined) return null;
  return (
    <section aria-label="Notices">
      {unmodelled !== undefined && <p class="notice">{clipped(printable(unmodelled), 2000)}</p>}
      {session.notice !== undefined && (
        <p class="notice" role="alert">
          {clipped(printable(session.notice), 2000)}
        </p>
      )}
    </section>
  );
}

/** The current step, the state, and the enabled steps, which come last at the end of a run. */
function Place({ page }: { readonly page: Page }): VNode {
  const { session, choices, change, models } = page;
  const { walker, walk, at } = session;
  const isThere = models?.scenarios.has(session.model) === true;
  const missing = isThere ? 'No steps: see the notice above.' : 'The model is not in this page.';
  const unknown = page.isLoading ? 'The model is being loaded.' : missing;
  const state = isNowhere(session) ? null : <StateCard session={session} />;
  const isEnd = session.found !== undefined && at === walk.steps.length;
  return (
    <>
      <StepCard session={session} onGo={(to) => change((now) => goTo(now, to))} />
      {isEnd && state}
      <ChoicesPanel
        choices={choices.value ?? []}
        next={walk.steps[at]?.entry}
        why={choices.error ?? (walker === undefined ? unknown : undefined)}
        onTake={(step) => change((now) => take(now, step))}
      />
      {!isEnd && state}
    </>
  );
}

function TopBar({ model, data }: { readonly model: string; readonly data: PageData }): VNode {
  const { name = model, about } = data.models.find(({ id }) => id === model) ?? {};
  return (
    <header class="top">
      <p class="brand">racewright</p>
      <div>
        <h1>
          <Name text={name} />
        </h1>
        {about !== undefined && (
          <p class="about">
            <bdi>{printable(about)}</bdi>
          </p>
        )}
      </div>
      <ThemeSwitch />
    </header>
  );
}
