// Replaces a report again and again until another process kills it; prints a line after it has
// begun.

import { replaceFile } from '../dist/cli/system/replace-file.js';

const [file] = process.argv.slice(2);
const text = JSON.stringify({ results: [], new: 'y'.repeat(3_000_000) });
process.stdout.write('begun\n');
for (;;) replaceFile(file, text);
