import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A fenced block of a page: its language, what stands behind it, and its lines. */
interface Block {
  readonly language: string;
  readonly info: string;
  readonly text: string;
}

/** A command of a console block, and what the page says that it prints. */
export interface Shown {
  readonly words: readonly string[];
  readonly printed: string;
}

/** A page with code in it. */
export interface Page {
  /** Path from the root of the project. */
  readonly path: string;
  readonly file: string;
  readonly text: string;
  /** A folder name of its own, for the files of the page. */
  readonly folder: string;
  /** What blocks with `file=` hold, by name. */
  readonly files: { readonly [name: string]: string };
  /** TypeScript without a name: it must run by itself. */
  readonly snippets: { readonly [name: string]: string };
  /** Tests for Vitest, from blocks `ts test`. */
  readonly tests: readonly string[];
  readonly commands: readonly Shown[];
}

const fence = /^```(\w+)([^\n]*)\n(.*?)^```$/gms;
/** From one `$ racewright …` to the next, or to the end of its block. */
const shown = /^\$ racewright ((?:[^\n]*\\\n)*[^\n]*)\n(.*?)(?=^\$ |$(?![\s\S]))/gms;

export function readPage(path: string): Page {
  const file = `${root}${path}`;
  const text = readFileSync(file, 'utf8');
  const blocks: readonly Block[] = [...text.matchAll(fence)].map(
    ([, language = '', info = '', lines = '']) => ({ language, info, text: lines }),
  );
  const code = blocks.filter(({ language }) => language === 'ts');
  const named = code.flatMap((block) => {
    const name = /file=(\S+)/.exec(block.info)?.[1];
    return name === undefined ? [] : [[name, block.text] as const];
  });
  const unnamed = code.filter(({ info }) => info === '');
  return {
    path,
    file,
    text,
    folder: path.replaceAll('/', '-').replace('.md', ''),
    files: Object.fromEntries(named),
    snippets: Object.fromEntries(unnamed.map((block, i) => [`snippet-${i + 1}.ts`, block.text])),
    tests: code.filter(({ info }) => info === ' test').map((block) => block.text),
    commands: consoles(blocks).flatMap((block) =>
      [...block.text.matchAll(shown)].map(([, command = '', printed = '']) => ({
        words: wordsOf(command),
        printed: printed.trim(),
      })),
    ),
  };
}

const consoles = (blocks: readonly Block[]) =>
  blocks.filter(({ language }) => language === 'console');

/** The words of a command as a shell reads them: quotes keep words together. */
function wordsOf(command: string): readonly string[] {
  const words = command.replaceAll('\\\n', ' ').match(/(?:'[^']*'|[^\s'])+/g) ?? [];
  return words.map((word) => word.replaceAll("'", ''));
}

/** The page with other output below its commands, in their order. */
export function withOutput(page: Page, outputs: readonly string[]): string {
  const left = [...outputs];
  return page.text.replace(fence, (block, language: string) =>
    language === 'console'
      ? block.replace(/^```console\n(.*)^```$/ms, (_all, text: string) => {
          const blocks = text.replace(
            shown,
            (_example, command: string, _printed: string, offset: number, whole: string) => {
              const next = whole.indexOf('\n$ ', offset + 1);
              const output = left.shift() ?? '';
              return `$ racewright ${command}\n${output}\n${next === -1 ? '' : '\n'}`;
            },
          );
          return `\`\`\`console\n${blocks}\`\`\``;
        })
      : block,
  );
}

/** The paths of the Markdown files of a folder of the project. */
export function pagesIn(folder: string): readonly string[] {
  return readdirSync(`${root}${folder}`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

/**
 * The models of examples/, by their paths below it. A folder with a test holds real code instead,
 * and Vitest runs it.
 */
export function examples(): { readonly [path: string]: string } {
  const paths = readdirSync(`${root}examples`, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .sort();
  const code = new Set(
    paths.filter((path) => path.endsWith('.test.ts')).map((path) => posix.dirname(path)),
  );
  return Object.fromEntries(
    paths
      .filter((path) => !code.has(posix.dirname(path)))
      .map((path) => [path, readFileSync(`${root}examples/${path}`, 'utf8')]),
  );
}
