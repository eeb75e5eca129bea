import {
  chmodSync,
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { sendSignal } from './process-guards.ts';
import { codeOf, systemWrite, writeWhole } from './streams.ts';

/** The calls to the disk that replace a file. A test can let each of them fail. */
export interface Disk {
  open(path: string, flags: string, mode?: number): number;
  write(descriptor: number, bytes: Uint8Array): number;
  sync(descriptor: number): void;
  close(descriptor: number): void;
  chmod(path: string, mode: number): void;
  rename(from: string, to: string): void;
}

const realDisk: Disk = {
  open: openSync,
  write: systemWrite,
  sync: fsyncSync,
  close: closeSync,
  chmod: chmodSync,
  rename: renameSync,
};

/**
 * Replaces a file by a text, and makes its folder if needed. The text is written beside the file,
 * synced and renamed, so that at any moment the old or the new file is there as a whole. A device
 * or a pipe is written to instead. Throws the error of the system.
 */
export function replaceFile(file: string, text: string | Uint8Array, disk: Disk = realDisk): void {
  const target = behindLinks(file);
  const old = statSync(target, { throwIfNoEntry: false });
  const stream = old === undefined ? undefined : ownStreamOf(old);
  if (stream !== undefined) {
    writeWhole(stream, text, disk.write);
  } else if (old === undefined || old.isFile()) {
    mkdirSync(dirname(target), { recursive: true });
    replaceRegular(target, text, old, disk);
  } else {
    withOpen(disk, [target, 'w'], (descriptor) => writeWhole(descriptor, text, disk.write));
  }
}

function replaceRegular(
  target: string,
  text: string | Uint8Array,
  old: Stats | undefined,
  disk: Disk,
): void {
  const folder = dirname(target);
  removeAbandoned(folder);
  const beside = join(folder, nameBeside());
  try {
    withOpen(disk, [beside, 'wx', 0o666], (descriptor) => {
      writeWhole(descriptor, text, disk.write);
      disk.sync(descriptor);
    });
    if (old !== undefined) disk.chmod(beside, old.mode & 0o777);
    disk.rename(beside, target);
  } catch (error) {
    remove(beside);
    throw error;
  }
  syncFolder(folder, disk);
}

/** Syncs the folder, so that the rename lasts. Some file systems cannot. */
function syncFolder(folder: string, disk: Disk): void {
  try {
    withOpen(disk, [folder, 'r'], disk.sync);
  } catch (error) {
    const unknown = ['EINVAL', 'EPERM', 'EACCES', 'EISDIR', 'ENOTSUP'];
    if (!unknown.includes(String(codeOf(error)))) throw error;
  }
}

function withOpen(
  disk: Disk,
  opened: Parameters<Disk['open']>,
  use: (descriptor: number) => void,
): void {
  const descriptor = disk.open(...opened);
  try {
    use(descriptor);
  } catch (error) {
    closeAnyway(descriptor, disk);
    throw error;
  }
  // Some file systems report a full disk only here.
  disk.close(descriptor);
}

function closeAnyway(descriptor: number, disk: Disk): void {
  try {
    disk.close(descriptor);
  } catch {
    // The first error is the one to report.
  }
}

/** The file behind a symbolic link, even if it does not exist yet. */
export function behindLinks(file: string): string {
  const path = resolve(file);
  try {
    return realpathSync(path);
  } catch {
    const link = linkAt(path);
    return link === undefined ? path : behindLinks(resolve(dirname(path), link));
  }
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/**
 * The stream of the process behind `/dev/stdout` and the like. Its file is appended to, because
 * earlier output stands in it.
 */
function ownStreamOf({ dev, ino }: Stats): number | undefined {
  return [1, 2].find((descriptor) => {
    const own = fstatSync(descriptor);
    return own.dev === dev && own.ino === ino;
  });
}

let written = 0;
const partName = /^\.racewright-(\d+)-\d+\.part$/;

function nameBeside(): string {
  written += 1;
  return `.racewright-${process.pid}-${written}.part`;
}

/** True for the name of a file that is still being written. */
export function isPart(file: string): boolean {
  return partName.test(basename(file));
}

/** Removes the unfinished files of processes that were killed while writing. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = partName.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) remove(join(folder, name));
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    sendSignal(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It does not exist any more, or belongs to another user.
  }
}
