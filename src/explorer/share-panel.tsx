import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';

/** The link to the current place, and the command that leads to it. */
export function SharePanel({
  link,
  command,
}: {
  readonly link: string;
  readonly command: string;
}): VNode {
  return (
    <section class="panel" aria-labelledby="share-title">
      <h2 id="share-title">Share this place</h2>
      <Copied label="Link" text={link} />
      <Copied label="Command" text={command} />
    </section>
  );
}

function Copied({ label, text }: { readonly label: string; readonly text: string }): VNode {
  const field = useRef<HTMLInputElement>(null);
  const [done, setDone] = useState('');
  const copy = (): void => {
    field.current?.select();
    // A page from disk may have no clipboard. Then the text is selected instead.
    const clipboard: Clipboard | undefined = navigator.clipboard;
    clipboard?.writeText(text).then(
      () => setDone(text),
      () => setDone(''),
    );
  };
  return (
    <label class="copied">
      <span>{label}</span>
      <input ref={field} readOnly value={text} onFocus={(event) => event.currentTarget.select()} />
      <button type="button" onClick={copy} aria-label={`Copy the ${label.toLowerCase()}`}>
        {done === text && text !== '' ? 'Copied' : 'Copy'}
      </button>
    </label>
  );
}
