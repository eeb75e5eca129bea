import { spawn } from 'node:child_process';

/** Where the program runs, as far as that decides about browsers. */
export interface Seat {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
}

/**
 * Whether a person sits at a screen in front of this program: not in CI, not behind a pipe, not
 * without a display.
 */
export function hasScreen({ platform, env, isTerminal }: Seat): boolean {
  if (!isTerminal || env['CI'] || env['BROWSER'] === 'none') return false;
  if (env['BROWSER']) return true;
  // Opening a window on the far side of a connection does not help; a forwarded display is one of
  // this side's.
  if (platform === 'win32' || platform === 'darwin') return env['SSH_CONNECTION'] === undefined;
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'] || env['WSL_DISTRO_NAME']);
}

/**
 * Opens an address in the browser, without waiting for it. `onFailure` gets the reason if that
 * turns out not to go, which may be after a while; the browser may also fail in silence.
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

/** The command that opens an address: what BROWSER says, else what the system has. */
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
      // No shell, in which an address could mean something.
      return ['rundll32', 'url.dll,FileProtocolHandler', url];
    default:
      return [env['WSL_DISTRO_NAME'] ? 'wslview' : 'xdg-open', url];
  }
}
