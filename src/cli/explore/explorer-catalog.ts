import { basename } from 'node:path';
import { scenarios } from '../../scenarios/index.ts';
import { findScenario } from '../loading/find-scenarios.ts';
import type { SelectedScenario } from '../loading/selected-scenario.ts';
import { modelId } from '../page/model-source.ts';
import { titleAmong } from '../page/title-among.ts';

/** A model that a page can show. */
export interface ShownModel {
  readonly id: string;
  readonly chosen: SelectedScenario;
  /**
   * A hash of the compiled module; 'own' for a scenario of racewright, which has no other version.
   */
  readonly version: string;
}

/** Older versions of a file than the last few are forgotten, though a page may still show one. */
const versionsMax = 8;

/** The models that the explorer shows: the named ones, and those of racewright if asked. */
export class ExplorerCatalog {
  /** The names of all scenarios by id, beginning with the one to show first. */
  readonly #names: ReadonlyMap<string, string>;
  readonly #named: ReadonlyMap<string, ShownModel>;
  readonly #withCloud: boolean;
  readonly #versions = new Map<string, ShownModel>();
  readonly #reading = new Map<string, Promise<ShownModel>>();

  constructor(named: readonly SelectedScenario[], withCloud: boolean) {
    const models = named.map(modelOf);
    this.#named = new Map(models.map((shown) => [shown.id, shown]));
    this.#withCloud = withCloud;
    const first = models.map(({ id, chosen }) => [id, chosen.scenario.name] as const);
    const own = withCloud ? Object.keys(scenarios) : [];
    this.#names = new Map([...first, ...own.map((name) => [name, name] as const)]);
    for (const shown of models) this.#remember(shown);
  }

  /** Every model, with its title in pages. */
  get models(): readonly { readonly id: string; readonly name: string }[] {
    return [...this.#names.keys()].map((id) => ({ id, name: titleAmong(this.#names, id) }));
  }

  /**
   * The present version of a model; undefined for an unknown id. A file is read again, because it
   * may have changed. Throws a SpecError or CliUsageError for a file that is now broken.
   */
  async present(id: string): Promise<ShownModel | undefined> {
    const named = this.#named.get(id);
    if (named !== undefined)
      return named.chosen.origin === undefined ? named : this.#readAgain(named);
    const isOwn = this.#withCloud && Object.hasOwn(scenarios, id);
    return isOwn ? modelOf(await findScenario(id, true)) : undefined;
  }

  /**
   * The version of a model from which a page was made; undefined when it is unknown or forgotten.
   */
  async version(id: string, version: string): Promise<ShownModel | undefined> {
    const known = this.#versions.get(`${version} ${id}`);
    if (known !== undefined || this.#named.has(id)) return known;
    const present = await this.present(id);
    return present?.version === version ? present : undefined;
  }

  /** Reads the file once for all requests that come meanwhile. */
  #readAgain({ id, chosen }: ShownModel): Promise<ShownModel> {
    const { file = '', exportName = '' } = chosen.origin ?? {};
    const reading =
      this.#reading.get(id) ??
      findScenario(`${file}:${exportName}`)
        .then((again) => this.#remember(modelOf({ ...again, requestedName: chosen.requestedName })))
        .finally(() => this.#reading.delete(id));
    this.#reading.set(id, reading);
    return reading;
  }

  #remember(shown: ShownModel): ShownModel {
    const key = `${shown.version} ${shown.id}`;
    // Deleting it first moves it to the end, so it is forgotten last.
    this.#versions.delete(key);
    this.#versions.set(key, shown);
    const most = versionsMax + this.#named.size;
    for (const old of [...this.#versions.keys()].slice(0, -most)) this.#versions.delete(old);
    return shown;
  }
}

function modelOf(chosen: SelectedScenario): ShownModel {
  const { origin } = chosen;
  const version = origin === undefined ? 'own' : basename(origin.compiled, '.mjs');
  return { id: modelId(chosen), chosen, version };
}
