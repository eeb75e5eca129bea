import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { Truth } from '../checker/properties/truths-at.ts';
import type { Bounds } from './bounds.ts';
import * as foundRuns from './found-runs.ts';
import { type Check, useLiveCheck } from './live-check.ts';
import { hasModels, loadModels, whenIdle } from './load-models.ts';
import { messageOf } from './message-of.ts';
import type { Models } from './models.ts';
import type { PageData, PageResult } from './page-data.ts';
import * as sessions from './session.ts';
import { placeFrom, placeText, type ReadPlace, settingsOf } from './share-link.ts';
import type { WalkStep } from './walk.ts';

/** All that the page shows, and all actions in it. */
export interface Page {
  readonly session: sessions.Session;
  /** Undefined until the models are loaded, and for ever where there are none. */
  readonly models: Models | undefined;
  readonly isLoading: boolean;
  /** Why there are no models, or not all of them. */
  readonly unmodelled: string | undefined;
  readonly results: readonly PageResult[];
  /** The result of a check of the current point, if there was one. */
  readonly result: PageResult | undefined;
  /** The enabled steps, or the error of a broken model. */
  readonly choices: Answer<readonly WalkStep[]>;
  readonly truths: Answer<readonly Truth[]>;
  readonly check: Check;
  readonly change: (change: (session: sessions.Session) => sessions.Session) => void;
  /** The bounds of the next check. */
  readonly bounds: Bounds;
  readonly setBounds: (bounds: Bounds) => void;
  readonly startCheck: () => void;
  /** Ends the check with the verdicts known so far. */
  readonly stopCheck: () => void;
  /** Ends the check and drops its result. */
  readonly dropCheck: () => void;
}

interface Answer<T> {
  readonly value: T | undefined;
  readonly error: string | undefined;
}

/**
 * The state of the page. It begins at the place in the address, else at the first counterexample.
 */
export function usePage(data: PageData): Page {
  const [place] = useState(placeInAddress);
  const [session, change] = useState(() => sessions.firstSession(data, undefined, place));
  const { models, isLoading, unmodelled } = useModels(data, (loaded) => {
    change((now) => sessions.withModels(now, loaded, data, place));
  });
  const [results, setResults] = useState<readonly PageResult[]>(data.results);
  const [bounds, setBounds] = useState<Bounds>({});
  const { check, start, stop, drop } = useLiveCheck(data.checkPath, (result) => {
    setResults([result]);
    const [first] = foundRuns.runsOf([result]);
    if (first !== undefined) change(sessions.openRun(models, first));
  });
  useEffect(() => {
    // The browser does not load the page again when its fragment is edited.
    const onHash = (): void => {
      change(() => sessions.firstSession(data, models, placeInAddress()));
    };
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, [data, models]);
  const { walker, walk, at, point, faults } = session;
  const choices = useMemo(() => quietly(() => walker?.enabled(walk, at)), [walker, walk, at]);
  const truths = useMemo(() => quietly(() => walker?.truths(walk, at)), [walker, walk, at]);
  useLayoutEffect(() => {
    // A report begins at its first run; only a copied link names another place.
    if (data.mode === 'explore' && session.walker !== undefined)
      history.replaceState(null, '', linkTo(session));
  }, [data.mode, session]);
  return {
    session,
    models,
    isLoading,
    unmodelled,
    results,
    result: results.find((each) => sessions.isAbout(each, session)),
    choices,
    truths,
    check,
    change,
    bounds,
    setBounds,
    startCheck: () => {
      if (walker !== undefined) start({ set: settingsOf(walker.scenario, point), faults, bounds });
    },
    stopCheck: stop,
    dropCheck: drop,
  };
}

/** Loads the models after the page is drawn, because reading a report needs none. */
function useModels(
  data: PageData,
  onLoaded: (models: Models) => void,
): Pick<Page, 'models' | 'isLoading' | 'unmodelled'> {
  const [models, setModels] = useState<Models | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const expected = hasModels(data.modelPath);
  useEffect(() => {
    if (!expected) return;
    const load = (): void => {
      loadModels(data.modelPath).then(
        (loaded) => {
          setModels(loaded);
          onLoaded(loaded);
        },
        (error) => setProblem(messageOf(error)),
      );
    };
    // Without a model the explorer has nothing to show.
    if (data.mode === 'explore') load();
    else whenIdle(load);
  }, []);
  const isLoading = expected && models === undefined && problem === undefined;
  return { models, isLoading, unmodelled: data.unmodelled ?? problem };
}

/** The address of the page with the place of a session. */
export function linkTo(session: sessions.Session): string {
  return `${location.href.split('#')[0]}#${placeText(sessions.placeOf(session))}`;
}

function placeInAddress(): ReadPlace | undefined {
  return location.hash.length > 1 ? placeFrom(location.hash) : undefined;
}

/** The value of `body`, or its error, so that a broken model does not break the page. */
function quietly<T>(body: () => T | undefined): Answer<T> {
  try {
    return { value: body(), error: undefined };
  } catch (error) {
    return { value: undefined, error: messageOf(error) };
  }
}
