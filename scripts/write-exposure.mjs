// Computes docs/exposure.md. Run after a build: npm run exposure.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { basisLine, exposureBasis } from './basis.mjs';

const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const options = { maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'inherit'] };
const page = execFileSync(process.execPath, [command, 'exposure', '--markdown'], options);
const text = `${page.toString().trimEnd()}\n\n${basisLine(await exposureBasis())}\n`;
writeFileSync(new URL('../docs/exposure.md', import.meta.url), text);
