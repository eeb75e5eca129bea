import type { VNode } from 'preact';
import { shellWord } from '../report/shell-words.ts';
import { CheckPanel } from './check-panel.tsx';
import type { PageData } from './page-data.ts';
import { PropertiesPanel } from './properties-panel.tsx';
import { replayWords } from './replay-words.ts';
import { isNowhere, openRun, type Session } from './session.ts';
import { SharePanel } from './share-panel.tsx';
import { linkTo, type Page } from './use-page.ts';
import { scheduleOf } from './walk.ts';

/** The properties, the check, and a link to share. */
export function FactsColumn({
  page,
  data,
}: {
  readonly page: Page;
  readonly data: PageData;
}): VNode {
  const { session, models, result, truths, change } = page;
  const command = replayWords(session, data.invocation, requestedNameIn(session, data));
  return (
    <aside aria-label="Properties and checks">
      {data.mode === 'explore' && (
        <CheckPanel
          check={page.check}
          bounds={page.bounds}
          isPoint={session.walker !== undefined}
          onBounds={page.setBounds}
          onStart={page.startCheck}
          onStop={page.stopCheck}
        />
      )}
      {truths.error !== undefined && <p class="notice">{truths.error}</p>}
      {!isNowhere(session) && (
        <>
          <PropertiesPanel
            truths={truths.value ?? []}
            result={result}
            onOpen={(run) => change(() => openRun(models, run))}
          />
          <SharePanel
            link={data.isFramed === true ? undefined : linkTo(session)}
            command={command.map(shellWord).join(' ')}
            schedule={scheduleOf(session.walk).map(shellWord).join(' ')}
          />
        </>
      )}
    </aside>
  );
}

/** The name by which the command line finds the model. */
function requestedNameIn({ model }: Session, data: PageData): string {
  return data.models.find(({ id }) => id === model)?.requestedName ?? model;
}
