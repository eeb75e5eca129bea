// A hash of what a computed page rests on: the modules of the model and the scenarios, as they were
// compiled, without comments. The checker is left out: the tests compare it with published counts.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = fileURLToPath(new URL('../dist', import.meta.url));

/** What docs/exposure.md rests on. */
export const exposureBasis = () =>
  basisOf(['scenarios/index.js', 'exposure/search.js', 'exposure/races.js']);

/** What docs/upgrade.md rests on. */
const upgradeBasis = () => basisOf(['scenarios/index.js']);

/** Modules of the build, relative to it. */
async function basisOf(entryPoints) {
  const { metafile } = await build({
    entryPoints,
    absWorkingDir: root,
    outdir: join(root, 'never-written'),
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  const names = Object.keys(metafile.inputs)
    .filter((name) => /^(model|scenarios|exposure)\//.test(name))
    .sort();
  const hash = createHash('sha256');
  for (const name of names) {
    const text = readFileSync(join(root, name), 'utf8');
    const { code } = await transform(text, { loader: 'js', minifyWhitespace: true });
    hash.update(JSON.stringify([name, code]));
  }
  return hash.digest('hex').slice(0, 32);
}

/** The line of the page that carries the hash. */
export const basisLine = (hash) => `<!-- rests on ${hash} -->`;

if (process.argv[2] === '--upgrade') console.log(basisLine(await upgradeBasis()));
