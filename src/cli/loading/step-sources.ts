import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceRecord } from '../../report/document.ts';

/** The global under which the inspector finds the functions. */
const handle = '__racewrightRecipes';

/**
 * Where each function is defined, in the TypeScript source. V8 knows the place of every function,
 * so defining a model need not record it. Functions outside of the current folder, or of unknown
 * place, are left out.
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

/** A place in the running script; lines and columns count from 0. */
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

/**
 * The place of the function that an expression names. The inspector of the own thread answers
 * before `post` returns.
 */
function locationOf(session: Session, expression: string): Location | undefined {
  let location: Location | undefined;
  session.post('Runtime.evaluate', { expression }, (_, evaluated) => {
    const objectId = evaluated?.result.objectId;
    if (objectId === undefined) return;
    session.post('Runtime.getProperties', { objectId, ownProperties: true }, (_error, found) => {
      const internal = found?.internalProperties?.find(
        ({ name }) => name === '[[FunctionLocation]]',
      );
      // By the protocol the value of this property is a Debugger.Location.
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
    // The map comes from whoever compiled the file. A broken one throws here or in the constructor.
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
