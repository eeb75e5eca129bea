import { type Models, type Offer, offerKey } from './models.ts';
import { unpacked } from './packed.ts';

/** True if a script with models belongs to the page. */
export function hasModels(path: string | undefined): boolean {
  return path !== undefined || document.getElementById('model') !== null;
}

/**
 * Runs the script with the models: the one in the page, or the one that the server has at `path`.
 * The policy of the page names its text, so the browser lets it run. Throws an Error that says why
 * there are no models.
 */
export async function loadModels(path: string | undefined): Promise<Models> {
  const script = document.createElement('script');
  if (path === undefined) {
    script.textContent = await modelInPage();
    document.head.append(script);
  } else {
    script.src = path;
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error('The explorer was stopped, or cannot be reached.'));
      document.head.append(script);
    });
  }
  script.remove();
  // The script comes from the same version of racewright, so the offer has this form.
  const offer = Reflect.get(globalThis, offerKey) as Offer | undefined;
  if (offer === undefined) throw new Error('The model does not run in this browser.');
  if ('unmodelled' in offer) throw new Error(offer.unmodelled);
  return offer;
}

async function modelInPage(): Promise<string> {
  try {
    return await unpacked(document.getElementById('model')?.textContent ?? '');
  } catch {
    throw new Error(
      'The model in this page cannot be unpacked: the file is damaged, or the browser is older than 2023. The page can still be read.',
    );
  }
}

/** Runs `body` once the page is drawn and the browser is idle. */
export function whenIdle(body: () => void): void {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(body, { timeout: 1000 });
  else setTimeout(body, 50);
}
