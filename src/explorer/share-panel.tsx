import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';

/**
 * The schedule and the command that lead to the current place, which work for every reader, and the
 * address, if there is one. An address of this machine leads others nowhere, so it is named by the
 * file alone.
 */
export function SharePanel({
  link,
  command,
  schedule,
}: {
  readonly link: string | undefined;
  readonly command: string;
  readonly schedule: string;
}): VNode {
  return (
    <section class="panel" aria-labelledby="share-title">
      <h2 id="share-title">Share this place</h2>
      {schedule !== '' && <Copied label="Schedule" text={schedule} />}
      <Copied label="Command" text={command} />
      {link !== undefined && <SharedLink link={link} />}
    </section>
  );
}

function SharedLink({ link }: { readonly link: string }): VNode {
  const { place, isOpen, isFile } = reachOf(link);
  return (
    <>
      <Copied label={isOpen ? 'Link' : 'Place'} text={place} />
      {isFile && (
        <p class="quiet note">
          This page is one file and needs no server: send the file, and open it at this place.
        </p>
      )}
      {!isOpen && !isFile && (
        <p class="quiet note">
          This address is of your machine. For others: <code>racewright check … --report html</code>
        </p>
      )}
    </>
  );
}

/** How much of a link others can use: all of it, the file and the place, or the place. */
function reachOf(link: string): {
  readonly place: string;
  readonly isOpen: boolean;
  readonly isFile: boolean;
} {
  const { protocol, hostname, pathname, hash } = new URL(link);
  const isFile = protocol === 'file:';
  const isOpen = !isFile && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  const name = isFile ? (pathname.split('/').at(-1) ?? '') : pathname;
  return { place: isOpen ? link : `${name}${hash}`, isOpen, isFile };
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
