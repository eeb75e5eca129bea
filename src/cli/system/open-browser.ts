import { spawn } from 'node:child_process';

/** The facts about the environment that decide whether to open a browser. */
export interface Seat {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
}

/**
 * True where a person probably sits at a screen: not in CI, not behind a pipe, and with a display.
 */
export function hasScreen({ platform, env, isTerminal }: Seat): boolean {
  if (!isTerminal || env['CI'] || env['BROWSER'] === 'none') return false;
  if (env['BROWSER']) return true;
  // Over SSH a window would open on the far side, except on a forwarded display.
  if (platform === 'win32' || platform === 'darwin') return env['SSH_CONNECTION'] === undefined;
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'] || env['WSL_DISTRO_NAME']);
}

/**
 * Opens an address in the browser, without waiting for it. Calls `onFailure` with the reason if it
 * fails, which may be later. Some browsers fail in silence.
 */
export function openBrowser(
  url: string,
  { platform, env }: Pick<Seat, 'platform' | 'env'>,
  onFailure: (why: string) => void,
): void {
  const [command = '', ...words] = openingWords(url, platform, env);
  const opener = spawn(command, words, { detached: true, stdio: 'ignore' });
  opener.on('error', (error: NodeJS.ErrnoException) => {
    onFailure(error.code === 'ENOENT' ? `there is no ${command} here` : error.message);
  });
  opener.on('exit', (code) => {
    if (code !== 0 && code !== null) onFailure(`${command} ended with code ${code}`);
  });
  opener.unref();
}

/** The command that opens an address: the variable BROWSER, or else that of the system. */
function openingWords(
  url: string,
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): readonly string[] {
  const chosen = env['BROWSER'] === 'none' ? undefined : env['BROWSER']?.split(':')[0]?.trim();
  if (chosen) {
    const words = chosen.split(/\s+/);
    return chosen.includes('%s') ? words.map((word) => word.replace('%s', url)) : [...words, url];
  }
  switch (platform) {
    case 'darwin':
      return ['open', url];
    case 'win32':
      // Without a shell, which could interpret the address.
      return ['rundll32', 'url.dll,FileProtocolHandler', url];
    default:
      return [env['WSL_DISTRO_NAME'] ? 'wslview' : 'xdg-open', url];
  }
}
