import { messageOf } from '../../explorer/message-of.ts';
import { offerKey } from '../../explorer/models.ts';
import { kindOf } from '../../scenarios/index.ts';
import type { Origin } from '../loading/selected-scenario.ts';
import { bundled, inert, own } from './bundled.ts';

/**
 * The module of a scenario: one of racewright's own by its name, or the compiled file of a user.
 */
export interface ModelSource {
  /** Its id in the page. */
  readonly id: string;
  readonly name: string;
  readonly origin: Pick<Origin, 'compiled' | 'exportName'> | undefined;
}

/** A script with the models of a page. */
export interface ModelScript {
  readonly text: string;
  /** Why the script has no models, as when one imports a module of Node. */
  readonly unmodelled: string | undefined;
}

/** The script of every page, without models. It is enough to read a run. */
export async function pageScript(): Promise<string> {
  return bundled(
    `import { start } from ${JSON.stringify(own('explorer/browser', '.tsx'))};\nstart();`,
  );
}

/**
 * Bundles the models, and the part of the checker that takes steps, into one script. So the page
 * computes what the checker computes. Where the models cannot be bundled, the script says why.
 */
export async function modelScript(sources: readonly ModelSource[]): Promise<ModelScript> {
  try {
    return { text: await bundled(modelText(sources)), unmodelled: undefined };
  } catch (error) {
    const why = reasonOf(error);
    const unmodelled = `This page shows its runs but takes no other steps: its model could not be put into it (${why}).`;
    const offer = `globalThis[${JSON.stringify(offerKey)}] = ${JSON.stringify({ unmodelled })};`;
    return { text: inert(offer), unmodelled };
  }
}

/** The message of esbuild, without paths of this machine. */
function reasonOf(error: unknown): string {
  const errors: unknown = error instanceof Error ? Reflect.get(error, 'errors') : undefined;
  const [first] = Array.isArray(errors) ? errors : [];
  return typeof first?.text === 'string' ? first.text : (messageOf(error).split('\n')[0] ?? '');
}

/**
 * The text of the script. A model of a file is found by its export, one of racewright's own by its
 * name.
 */
function modelText(sources: readonly ModelSource[]): string {
  const imports = sources.map(
    (source, i) => `import * as module${i} from ${JSON.stringify(modulePath(source))};`,
  );
  const found = sources.map(({ id, name, origin }, i) => {
    const scenario =
      origin === undefined
        ? `Object.values(module${i}).find((value) => isScenario(value) && value.name === ${JSON.stringify(name)})`
        : `module${i}[${JSON.stringify(origin.exportName)}]`;
    return `[${JSON.stringify(id)}, ${scenario}]`;
  });
  return [
    `import { offerModels } from ${JSON.stringify(own('explorer/offer-models'))};`,
    `import { isScenario } from ${JSON.stringify(own('spec/scenario'))};`,
    ...imports,
    `offerModels([${found.join(', ')}].filter(([, model]) => isScenario(model)));`,
  ].join('\n');
}

function modulePath({ name, origin }: ModelSource): string {
  return origin?.compiled ?? own(`scenarios/${kindOf(name)}/${name}`);
}
