import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceRecord } from '../../report/document.ts';

/** Under this name the inspector finds the functions. */
const handle = '__racewrightRecipes';

/**
 * Where each of these functions is written down, in the TypeScript from which it was compiled. The
 * engine knows it of every function anyway, so that nothing is recorded while models are defined.
 * Files outside of the present folder and functions of which nothing is known are left out.
 */
export function sourcesOf(
  functions: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, SourceRecord> {
  const names = [...functions.keys()];
  const places = locate([...functions.values()]);
  const maps = new Map<string, SourceMap | undefined>();
  const found = names.flatMap((name, i): [string, SourceRecord][] => {
    const place = places[i];
    const source = place === undefined ? undefined : original(place, maps);
    return source === undefined ? [] : [[name, source]];
  });
  return new Map(found);
}

/** A place in a script as it runs; lines and columns are counted from 0. */
interface Place {
  readonly url: string;
  readonly map: string | undefined;
  readonly line: number;
  readonly column: number;
}

function locate(functions: readonly unknown[]): readonly (Place | undefined)[] {
  const session = new Session();
  session.connect();
  const scripts = new Map<string, { readonly url: string; readonly map: string | undefined }>();
  session.on('Debugger.scriptParsed', ({ params: { scriptId, url, sourceMapURL } }) => {
    scripts.set(scriptId, { url, map: sourceMapURL });
  });
  Object.assign(globalThis, { [handle]: functions });
  try {
    session.post('Debugger.enable');
    return functions.map((_, i) => {
      const location = locationOf(session, `globalThis.${handle}[${i}]`);
      const script = location === undefined ? undefined : scripts.get(location.scriptId);
      if (location === undefined || script === undefined) return undefined;
      return { ...script, line: location.lineNumber, column: location.columnNumber ?? 0 };
    });
  } finally {
    Reflect.deleteProperty(globalThis, handle);
    session.disconnect();
  }
}

interface Location {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber?: number;
}

/** Answers of the inspector of one's own thread come before `post` returns. */
function locationOf(session: Session, expression: string): Location | undefined {
  let location: Location | undefined;
  session.post('Runtime.evaluate', { expression }, (_, evaluated) => {
    const objectId = evaluated?.result.objectId;
    if (objectId === undefined) return;
    session.post('Runtime.getProperties', { objectId, ownProperties: true }, (_error, found) => {
      const internal = found?.internalProperties?.find(
        ({ name }) => name === '[[FunctionLocation]]',
      );
      // The protocol says that the value of this property is a Debugger.Location.
      location = internal?.value?.value as Location | undefined;
    });
  });
  return location;
}

function original(
  { url, map, line, column }: Place,
  maps: Map<string, SourceMap | undefined>,
): SourceRecord | undefined {
  if (!url.startsWith('file:')) return undefined;
  if (!maps.has(url))
    maps.set(url, map === undefined || map === '' ? undefined : loadMap(url, map));
  const sources = maps.get(url);
  if (sources === undefined) return record(url, line, column);
  const entry = sources.findEntry(line, column);
  if (!('originalSource' in entry)) return undefined;
  const base = map?.startsWith('data:') === true ? url : new URL(map ?? '', url).href;
  return record(new URL(entry.originalSource, base).href, entry.originalLine, entry.originalColumn);
}

function loadMap(url: string, map: string): SourceMap | undefined {
  try {
    const inline = /^data:[^,]*base64,(.*)$/s.exec(map)?.[1];
    const text =
      inline === undefined
        ? readFileSync(new URL(map, url), 'utf8')
        : Buffer.from(inline, 'base64').toString('utf8');
    // Whoever compiled the file wrote the map; a broken one throws here or in the constructor.
    return new SourceMap(JSON.parse(text) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

function record(url: string, line: number, column: number): SourceRecord | undefined {
  const path = relative('', fileURLToPath(url));
  if (path.startsWith('..') || isAbsolute(path)) return undefined;
  return { file: path.split(sep).join('/'), line: line + 1, column: column + 1 };
}
