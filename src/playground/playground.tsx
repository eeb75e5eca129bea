import { render, type VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { clipped } from '../explorer/text.tsx';
import { printable } from '../report/value-text.ts';
import { type Editor, makeEditor } from './editor.ts';
import { type Example, fragmentOf, type Linked, linkedModel } from './link.ts';
import { ResultFrame } from './result-frame.tsx';
import { useCheck } from './use-check.ts';

/** Milliseconds after the last key until the model is checked and the link is written. */
const typedMs = 400;

/** The script of the page calls this once. */
export async function start(): Promise<void> {
  const root = document.getElementById('page');
  const text = document.getElementById('examples')?.textContent;
  if (root === null || !text) return;
  // The same version of racewright wrote the examples into this page.
  const examples = JSON.parse(text) as readonly Example[];
  const linked = await linkedModel(location.hash, examples);
  root.replaceChildren();
  render(<Playground examples={examples} linked={linked} />, root);
}

interface Props {
  readonly examples: readonly Example[];
  readonly linked: Linked | undefined;
}

const toCheck = 'Press Check, or Ctrl+Enter.';

/** The editor, its buttons, and the result of the last check. */
function Playground({ examples, linked }: Props): VNode {
  const first = examples[0]?.text ?? '';
  const opened = linked === undefined || 'problem' in linked ? first : linked.text;
  const [text, setText] = useState(opened);
  const [notice, setNotice] = useState(
    linked !== undefined && 'problem' in linked ? linked.problem : undefined,
  );
  const check = useCheck(toCheck);
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | undefined>(undefined);
  const typing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const startCheck = useRef(check.start);
  startCheck.current = check.start;
  const show = (next: string): void => {
    clearTimeout(typing.current);
    editor.current?.setText(next);
    setText(next);
  };
  useEffect(() => {
    if (place.current === null) return;
    editor.current = makeEditor(place.current, opened, (edited) => {
      clearTimeout(typing.current);
      setNotice(undefined);
      check.drop('Waiting for the end of typing.');
      typing.current = setTimeout(() => {
        setText(edited);
        void remember(edited, examples);
        startCheck.current(edited);
      }, typedMs);
    });
  }, []);
  useFollowedLinks(examples, (next) => {
    setNotice('problem' in next ? next.problem : undefined);
    if ('problem' in next) return;
    show(next.text);
    check.drop(toCheck);
  });
  const checkNow = (): void => {
    clearTimeout(typing.current);
    const present = editor.current?.text() ?? text;
    setText(present);
    void remember(present, examples);
    check.start(present);
  };
  useCheckKey(checkNow);
  const results = useMemo(() => inOrder(check.outcome.results), [check.outcome]);
  return (
    <>
      <header class="bar">
        <h1>racewright playground</h1>
        <ExampleChoice
          examples={examples}
          text={text}
          onChoose={(chosen) => {
            setNotice(undefined);
            show(chosen.text);
            void remember(chosen.text, examples);
            check.start(chosen.text);
          }}
        />
        <button type="button" class="main" onClick={checkNow} title="Ctrl+Enter">
          Check
        </button>
        <button type="button" onClick={check.stop} disabled={!check.isRunning}>
          Stop
        </button>
        <CopyLink textOf={() => editor.current?.text() ?? text} examples={examples} />
        <p role="status">{check.status}</p>
      </header>
      <section class="desk" aria-label="Model and result">
        <div class="editor" ref={place} />
        <div class="result">
          {[...(notice === undefined ? [] : [notice]), ...check.outcome.problems].map((each) => (
            <p key={each} class="notice" role="alert">
              {clipped(printable(each), 2000)}
            </p>
          ))}
          {results.length === 0 && <Hint />}
          <ResultFrame results={results} />
        </div>
      </section>
    </>
  );
}

function Hint(): VNode {
  return (
    <p class="quiet hint">
      The model is checked in this browser: every reachable state, at every point of its parameters.
      Nothing leaves the browser. Types are not checked here. The link of this page holds the model.
    </p>
  );
}

interface ChoiceProps {
  readonly examples: readonly Example[];
  readonly text: string;
  readonly onChoose: (example: Example) => void;
}

function ExampleChoice({ examples, text, onChoose }: ChoiceProps): VNode {
  const chosen = examples.find((each) => each.text === text)?.name ?? '';
  return (
    <label class="example">
      <span>Example</span>{' '}
      <select
        value={chosen}
        onChange={({ currentTarget }) => {
          const found = examples.find(({ name }) => name === currentTarget.value);
          if (found !== undefined) onChoose(found);
        }}
      >
        {chosen === '' && <option value="">(edited)</option>}
        {examples.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

interface CopyProps {
  readonly textOf: () => string;
  readonly examples: readonly Example[];
}

function CopyLink({ textOf, examples }: CopyProps): VNode {
  const [copied, setCopied] = useState('');
  const copy = async (): Promise<void> => {
    const text = textOf();
    await remember(text, examples);
    await navigator.clipboard.writeText(location.href);
    setCopied('Copied');
  };
  return (
    <button
      type="button"
      onClick={() => {
        // Without a clipboard, as on a page without TLS, the address has the link.
        copy().catch(() => setCopied('The link is in the address'));
      }}
      onBlur={() => setCopied('')}
    >
      {copied || 'Copy link'}
    </button>
  );
}

/** Writes the model into the address. */
async function remember(text: string, examples: readonly Example[]): Promise<void> {
  history.replaceState(null, '', await fragmentOf(text, examples));
}

/** Calls `onLink` when the user opens another link in this page. */
function useFollowedLinks(examples: readonly Example[], onLink: (linked: Linked) => void): void {
  const latest = useRef(onLink);
  latest.current = onLink;
  useEffect(() => {
    const onHash = (): void => {
      void linkedModel(location.hash, examples).then((linked) => {
        if (linked !== undefined) latest.current(linked);
      });
    };
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);
}

/** Ctrl+Enter, or ⌘ and Enter. The editor would add a line. */
function useCheckKey(onCheck: () => void): void {
  const latest = useRef(onCheck);
  latest.current = onCheck;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  }, []);
}

function inOrder<T>(results: ReadonlyMap<number, T>): readonly T[] {
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
