import { basename } from 'node:path';
import { scenarios } from '../../scenarios/index.ts';
import { findScenario } from '../loading/find-scenarios.ts';
import type { SelectedScenario } from '../loading/selected-scenario.ts';
import { modelId } from '../page/model-source.ts';
import { titleAmong } from '../page/title-among.ts';

/** A model as a page is made of it. */
export interface ShownModel {
  readonly id: string;
  readonly chosen: SelectedScenario;
  /**
   * A hash of its compiled module; 'own' for one of racewright's own, which has no other version.
   */
  readonly version: string;
}

/** Versions of a file that pages may still be looking at; older ones are forgotten. */
const versionsMax = 8;

/** The models that the explorer shows: those that were named, and racewright's own if asked. */
export class ExplorerCatalog {
  /** The names of all scenarios by id, the one that is shown first being the first. */
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

  /** Every model, with what pages call it. */
  get models(): readonly { readonly id: string; readonly name: string }[] {
    return [...this.#names.keys()].map((id) => ({ id, name: titleAmong(this.#names, id) }));
  }

  /**
   * The present version of a model; undefined for an id that is none. A file is read again, as it
   * may have changed: throws what is wrong with it.
   */
  async present(id: string): Promise<ShownModel | undefined> {
    const named = this.#named.get(id);
    if (named !== undefined)
      return named.chosen.origin === undefined ? named : this.#readAgain(named);
    const isOwn = this.#withCloud && Object.hasOwn(scenarios, id);
    return isOwn ? modelOf(await findScenario(id, true)) : undefined;
  }

  /**
   * The very version of a model that a page was made of; undefined when it is not known (any
   * longer).
   */
  async version(id: string, version: string): Promise<ShownModel | undefined> {
    const known = this.#versions.get(`${version} ${id}`);
    if (known !== undefined || this.#named.has(id)) return known;
    const present = await this.present(id);
    return present?.version === version ? present : undefined;
  }

  /** Once for all who ask while it is being read. */
  #readAgain({ id, chosen }: ShownModel): Promise<ShownModel> {
    const { file = '', exportName = '' } = chosen.origin ?? {};
    const reading =
      this.#reading.get(id) ??
      findScenario(`${file}:${exportName}`)
        .then((again) =>
          this.#remember(modelOf({ ...again, requestedName: chosen.requestedName })),
        )
        .finally(() => this.#reading.delete(id));
    this.#reading.set(id, reading);
    return reading;
  }

  #remember(shown: ShownModel): ShownModel {
    const key = `${shown.version} ${shown.id}`;
    // The latest one is the last to be forgotten.
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
