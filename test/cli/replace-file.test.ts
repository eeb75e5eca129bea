import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Disk, isPart, replaceFile } from '../../src/cli/system/replace-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'racewright-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const calls = {
  open: openSync,
  // A disk may take less than it is given.
  write: (descriptor: number, bytes: Uint8Array) =>
    writeSync(descriptor, bytes, 0, Math.min(7, bytes.length)),
  sync: fsyncSync,
  close: closeSync,
  chmod: chmodSync,
  rename: renameSync,
} satisfies Disk;

/** A disk whose call number `at` fails, counted from 0, and which counts the calls. */
function failing(at: number) {
  let count = 0;
  const counted =
    <A extends unknown[], R>(call: (...given: A) => R) =>
    (...given: A): R => {
      count += 1;
      if (count - 1 === at)
        throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
      return call(...given);
    };
  const disk: Disk = {
    open: counted(calls.open),
    write: counted(calls.write),
    sync: counted(calls.sync),
    close: counted(calls.close),
    chmod: counted(calls.chmod),
    rename: counted(calls.rename),
  };
  return { disk, count: () => count };
}

const oldText = 'the old report, which is whole';
const newText = 'the new report, which is longer than the old one, and whole';

describe('a file that is replaced', () => {
  test('a file that is replaced is the old one or the new one, whichever call to the disk fails', () => {
    const file = join(folder, 'report.json');
    const all = failing(-1);
    replaceFile(file, newText, all.disk);
    const seen = new Set<string>();
    for (let at = 0; at <= all.count() + 1; at++) {
      writeFileSync(file, oldText);
      const { disk, count } = failing(at);
      let failed = false;
      try {
        replaceFile(file, newText, disk);
      } catch (error) {
        failed = true;
        expect(String(error)).toContain('ENOSPC');
      }
      const text = readFileSync(file, 'utf8');
      expect([oldText, newText]).toContain(text);
      if (!failed) expect(text).toBe(newText);
      expect(failed).toBe(at < count());
      expect(readdirSync(folder).filter(isPart)).toEqual([]);
      seen.add(`${failed} ${text === newText}`);
    }
    // An error after the rename is told, though the new file is there.
    expect([...seen].sort()).toEqual(['false true', 'true false', 'true true']);
  });

  test('a file that is replaced keeps its mode, and the link by which it is named', () => {
    const file = join(folder, 'secret.json');
    writeFileSync(file, oldText, { mode: 0o600 });
    const link = join(folder, 'link.json');
    symlinkSync('secret.json', link);
    replaceFile(link, newText);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(newText);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('a replacement makes the folder of the file, also behind a link to nothing', () => {
    symlinkSync('deep/down/report.json', join(folder, 'dangling'));
    replaceFile(join(folder, 'dangling'), newText);
    expect(readFileSync(join(folder, 'deep/down/report.json'), 'utf8')).toBe(newText);
  });

  test('a device is not replaced by a file', () => {
    replaceFile('/dev/null', newText);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    expect(() => replaceFile('/dev/full', newText)).toThrow('ENOSPC');
  });

  test('a replacement removes the parts that a killed process left behind', () => {
    const place = join(folder, 'killed');
    mkdirSync(place);
    writeFileSync(join(place, '.racewright-999999999-1.part'), 'half a rep');
    replaceFile(join(place, 'report.json'), newText);
    expect(readdirSync(place)).toEqual(['report.json']);
  });
});
