import { render } from 'preact';
import { App } from '../explorer/app.tsx';
import type { PageData } from '../explorer/page-data.ts';

/** The message by which the frame of a result tells that it can show one. */
export const frameReady = 'racewright-frame-ready';

/**
 * Shows the results that the playground sends to this frame. The script of the frame calls this
 * once.
 */
export function startFrame(): void {
  const root = document.getElementById('page');
  if (root === null || parent === window) return;
  let shown = 0;
  addEventListener('message', ({ source, origin, data }: MessageEvent<PageData>) => {
    // Another window may send messages to this one, too.
    if (source !== parent || origin !== location.origin) return;
    shown += 1;
    render(<App key={shown} data={data} />, root);
  });
  parent.postMessage(frameReady, location.origin);
}
