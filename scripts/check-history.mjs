// Checks each commit of the history of releases against clones of Nova, Cinder and os-brick with
// all tags: that the commit exists, and that the tag in the history is the oldest that contains it.
// Run after a build: npm run history -- --nova DIR --cinder DIR --os-brick DIR. Leaves out a
// repository without its flag. Ends with 1 when an entry is wrong.
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { changes } from '../dist/model/releases/history.js';
import { changesBeforeNewton } from '../dist/model/releases/history-before-newton.js';
import { withoutRelease } from '../dist/model/releases/history-without-release.js';
import { compareTags, isTag } from '../dist/model/releases/tags.js';

const folder = { type: 'string' };
const { values: clones } = parseArgs({
  options: { nova: folder, cinder: folder, 'os-brick': folder },
});
if (Object.keys(clones).length === 0) {
  console.error('usage: npm run history -- --nova DIR --cinder DIR --os-brick DIR');
  process.exit(2);
}

const dated = [...changesBeforeNewton, ...changes].flatMap(({ set, commits }) =>
  commits.map((commit) => ({ ...commit, of: Object.keys(set).join(', ') })),
);
const updates = Object.entries(withoutRelease).flatMap(([of, why]) =>
  typeof why === 'string' ? [] : why.map((commit) => ({ ...commit, of })),
);
const entries = [...dated, ...updates].filter(({ repository }) => clones[repository]);

const wrong = entries.flatMap(({ repository, commit, tag, of }) => {
  const first = firstTag(clones[repository], commit);
  if (first === tag) return [];
  return [`${repository} ${commit} (${of}): the history has ${tag}, the first tag is ${first}`];
});
for (const line of wrong) console.error(line);
console.log(`${entries.length} commits, ${wrong.length} wrong`);
process.exitCode = wrong.length > 0 ? 1 : 0;

/**
 * The oldest version that contains a commit; 'none' if no version does, or 'unknown' if there is no
 * such commit.
 */
function firstTag(clone, commit) {
  try {
    const listed = execFileSync('git', ['-C', clone, 'tag', '--contains', commit], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return listed.split('\n').filter(isTag).sort(compareTags)[0] ?? 'none';
  } catch {
    return 'unknown';
  }
}
