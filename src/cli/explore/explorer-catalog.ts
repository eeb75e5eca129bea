import { basename } from 'node:path';
import { scenarios } from '../../scenarios/index.ts';
import { findScenario, type SelectedScenario } from '../loading/find-scenarios.ts';
import { modelId } from '../page/model-source.ts';
import { titleAmong } from '../page/title-among.ts';

/** A model as a page is made of it. */
export interface Exhibit {
  readonly id: string;
  readonly chosen: SelectedScenario;
  /**
   * A hash of its compiled module; 'own' for one of racewright's own, which has no other version.
   */
  readonly version: string;
}

/** Versions of a file that pages may still be looking at; older ones are forgotten. */
const versionsMax = 8;

/** The models that the explorer shows: racewright's own, and one of a file. */
export class ExplorerCatalog {
  /** The names of all scenarios by id, the one that is shown first being the first. */
  readonly #names: ReadonlyMap<string, string>;
  readonly #first: Exhibit | undefined;
  readonly #versions = new Map<string, Exhibit>();
  #reading: Promise<Exhibit> | undefined;

  /** `first` is the scenario that was named on the command line, if one was. */
  constructor(first: SelectedScenario | undefined) {
    const own = Object.keys(scenarios).map((name) => [name, name] as const);
    this.#first = first === undefined ? undefined : exhibitOf(first);
    const entry =
      this.#first === undefined
        ? []
        : [[this.#first.id, this.#first.chosen.scenario.name] as const];
    this.#names = new Map([...entry, ...own]);
    if (this.#first !== undefined) this.#remember(this.#first);
  }

  /** Every model, with what pages call it. */
  get models(): readonly { readonly id: string; readonly name: string }[] {
    return [...this.#names.keys()].map((id) => ({ id, name: titleAmong(this.#names, id) }));
  }

  /**
   * The present version of a model; undefined for an id that is none. A file is read again, as it
   * may have changed: throws what is wrong with it.
   */
  async present(id: string): Promise<Exhibit | undefined> {
    const first = this.#first;
    if (first?.id === id) return first.chosen.origin === undefined ? first : this.#readAgain(first);
    return Object.hasOwn(scenarios, id) ? exhibitOf(await findScenario(id)) : undefined;
  }

  /**
   * The very version of a model that a page was made of; undefined when it is not known (any
   * longer).
   */
  async version(id: string, version: string): Promise<Exhibit | undefined> {
    const known = this.#versions.get(`${version} ${id}`);
    if (known !== undefined || id === this.#first?.id) return known;
    const present = await this.present(id);
    return present?.version === version ? present : undefined;
  }

  /** Once for all who ask while it is being read. */
  #readAgain({ chosen }: Exhibit): Promise<Exhibit> {
    const { file = '', exportName = '' } = chosen.origin ?? {};
    this.#reading ??= findScenario(`${file}:${exportName}`)
      .then((again) => this.#remember(exhibitOf({ ...again, requestedName: chosen.requestedName })))
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  #remember(exhibit: Exhibit): Exhibit {
    const key = `${exhibit.version} ${exhibit.id}`;
    // The latest one is the last to be forgotten.
    this.#versions.delete(key);
    this.#versions.set(key, exhibit);
    for (const old of [...this.#versions.keys()].slice(0, -versionsMax)) this.#versions.delete(old);
    return exhibit;
  }
}

function exhibitOf(chosen: SelectedScenario): Exhibit {
  const { origin } = chosen;
  const version = origin === undefined ? 'own' : basename(origin.compiled, '.mjs');
  return { id: modelId(chosen), chosen, version };
}
