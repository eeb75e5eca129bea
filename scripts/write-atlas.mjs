// Computes the atlas of the newest release and writes docs/atlas.md and docs/atlas.json, a cell a
// line. Run after a build: npm run atlas. Takes earlier results from the cache.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = ['dist/cli/main.js', 'atlas', '--cache', 'node_modules/.cache/atlas'];

function atlas(format) {
  const given = [...words, format, ...process.argv.slice(2)];
  try {
    const options = { cwd: root, maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'inherit'] };
    return execFileSync(process.execPath, given, options).toString();
  } catch (error) {
    // 3: a search did not end, and its cell says so.
    if (error.status === 3) return error.stdout.toString();
    throw error;
  }
}

const page = atlas('--markdown');
const { alone, pairs, ...rest } = JSON.parse(atlas('--json'));
const lines = (cells) => cells.map((cell) => JSON.stringify(cell)).join(',\n');
const text = `${JSON.stringify(rest).slice(0, -1)},\n"alone":[\n${lines(alone)}\n],\n"pairs":[\n${lines(pairs)}\n]}\n`;
writeFileSync(new URL('../docs/atlas.md', import.meta.url), page);
writeFileSync(new URL('../docs/atlas.json', import.meta.url), text);
