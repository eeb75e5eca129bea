import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Search } from '../../../src/index.ts';
import type { changes } from '../../../src/model/releases/history.ts';
import type { newestRelease } from '../../../src/model/releases/release-names.ts';
import type { switchesOf } from '../../../src/model/releases/releases.ts';
import type { switchNames } from '../../../src/model/releases/switches.ts';
import type { AnyFlow, AnyStep } from '../../../src/spec/process.ts';
import type { Scenario } from '../../../src/spec/scenario.ts';
import { instrument, type Site } from './sites.ts';
import { addedLast, copyOf, withoutEffect } from './split-steps.ts';

const root = new URL('../../../', import.meta.url);
const path = (name: string) => fileURLToPath(new URL(name, root));

/**
 * What is otherwise: one condition is not asked, one step does not wait, one step neither waits for
 * a lock nor takes it, or one step of cinder-api compares in a step of its own and writes in the
 * next, so that it is no compare-and-swap any more.
 */
export type Mutant =
  | { readonly kind: 'condition'; readonly site: number }
  | { readonly kind: 'guard' | 'lock' | 'swap'; readonly step: string };

/**
 * A copy of the checker, the model and the scenarios in which one mutant at a time can be switched
 * on.
 */
export interface MutableModel {
  readonly Search: typeof Search;
  readonly scenarios: { readonly [name: string]: () => Promise<Scenario> };
  readonly changes: typeof changes;
  readonly newestRelease: typeof newestRelease;
  readonly switchesOf: typeof switchesOf;
  readonly switchNames: typeof switchNames;
  readonly mutator: Mutator;
}

/**
 * Stands between the model and its conditions. `seen`: the mutants that would have decided
 * otherwise while none was on, as `condition 7`, `guard flow.label`, `lock flow.label` and `swap
 * flow.label`.
 */
export class Mutator {
  readonly sites: Site[] = [];
  mutant: Mutant | undefined;
  seen = new Set<string>();
  #step: string | undefined;
  #unlocked = false;
  /**
   * What the conditions of the half step that is being taken answer: written down in the first
   * half, read in the second.
   */
  #half: { readonly answers: unknown[]; next?: number } | undefined;

  /** Decides a condition inside a step; properties and faults keep their own answer. */
  readonly at = (site: number, answer: unknown): unknown => {
    const { mutant } = this;
    if (this.#step === undefined) return answer;
    if (this.#half !== undefined) return this.#inHalf(this.#half, answer);
    const without = this.sites[site]?.without;
    if (mutant === undefined && Boolean(answer) !== without) this.seen.add(`condition ${site}`);
    return mutant?.kind === 'condition' && mutant.site === site ? without : answer;
  };

  readonly unlocked = (): boolean => this.#unlocked;

  readonly untaken = (): boolean => {
    if (this.mutant === undefined && this.#step !== undefined) this.seen.add(`lock ${this.#step}`);
    return this.#unlocked;
  };

  /** The flow, with steps that know which one is being taken. */
  readonly flow = <F extends AnyFlow>(flow: F): F => {
    const steps: Record<string, AnyStep> = {};
    const labels = Object.keys(flow.steps);
    for (const [label, step] of Object.entries(flow.steps)) {
      const name = `${flow.name}.${label}`;
      const next = labels[labels.indexOf(label) + 1] ?? 'done';
      const body = this.#inside(name, step.do, undefined);
      const isSplit = flow.name.startsWith('c-api.') && step.when === undefined;
      steps[label] = {
        when: step.when && this.#inside(name, step.when, true),
        do: isSplit ? this.#firstHalf(name, body, `${label}, written`) : body,
      };
      if (isSplit) {
        steps[`${label}, written`] = { when: undefined, do: this.#secondHalf(name, body, next) };
      }
    }
    // The last label of the model must not fall through to those that are added.
    const last = steps[labels.at(-1) ?? ''];
    if (last !== undefined) {
      const { do: body } = last;
      Object.assign(last, { do: (...args: Parameters<AnyStep['do']>) => body(...args) ?? 'done' });
    }
    // A flow is frozen, its table of steps and its list of labels are not.
    Object.assign(flow.steps, steps);
    Object.assign(flow.labels, Object.keys(steps).sort(addedLast(labels)));
    return flow;
  };

  /**
   * Takes the step as it is, or, where it is the mutant, finds out on a copy of the state what it
   * will do.
   */
  #firstHalf(name: string, body: AnyStep['do'], then: string): AnyStep['do'] {
    return (cloud, self, pick, processes) => {
      const { mutant } = this;
      const isMine = mutant?.kind === 'swap' && mutant.step === name;
      if (mutant !== undefined && !isMine) return body(cloud, self, pick, processes);
      const copy = copyOf(cloud);
      const before = JSON.stringify(copy);
      const me = { ...JSON.parse(JSON.stringify(self)), pid: (self as { pid: string }).pid };
      this.#half = { answers: [] };
      try {
        body(copy, me, pick, withoutEffect(processes));
        const { answers } = this.#half;
        const isSwap = answers.length > 0 && JSON.stringify(copy) !== before;
        if (isMine) {
          Object.assign(self, { found: { answers, reply: me.reply ?? null } });
          return then;
        }
        if (isSwap) this.seen.add(`swap ${name}`);
      } finally {
        this.#half = undefined;
      }
      return body(cloud, self, pick, processes);
    };
  }

  /**
   * Writes what the first half has decided to, whatever is true by now; a row that is gone is not
   * written.
   */
  #secondHalf(_name: string, body: AnyStep['do'], next: string): AnyStep['do'] {
    return (cloud, self, pick, processes) => {
      const { found } = self as unknown as { found: { answers: unknown[]; reply: unknown } };
      this.#half = { answers: [...found.answers], next: 0 };
      let label: ReturnType<AnyStep['do']>;
      try {
        label = body(cloud, self, pick, processes);
      } catch {
        label = 'done';
      } finally {
        this.#half = undefined;
      }
      Object.assign(self, { found: null, ...(found.reply === null ? {} : { reply: found.reply }) });
      return label ?? next;
    };
  }

  #inHalf(half: { readonly answers: unknown[]; next?: number }, answer: unknown): unknown {
    if (half.next === undefined) {
      half.answers.push(answer === undefined ? false : Boolean(answer));
      return answer;
    }
    const known = half.answers[half.next];
    half.next += 1;
    return known ?? answer;
  }

  #inside<A extends unknown[], R>(name: string, body: (...args: A) => R, unguarded: R | undefined) {
    return (...args: A): R => {
      const { mutant } = this;
      const isMine = mutant !== undefined && mutant.kind !== 'condition' && mutant.step === name;
      if (isMine && mutant.kind === 'guard' && unguarded !== undefined) return unguarded;
      this.#step = name;
      this.#unlocked = isMine && mutant.kind === 'lock';
      try {
        const result = body(...args);
        if (mutant === undefined && unguarded !== undefined && result !== unguarded)
          this.seen.add(`guard ${name}`);
        return result;
      } finally {
        this.#step = undefined;
        this.#unlocked = false;
      }
    };
  }
}

/**
 * Files of the model in which no condition is mutated: what says what a scenario is, what may fail
 * and what must be true; the flows that the newest release has no more; and what operators and
 * clients do, where a scenario itself says which guards there are.
 */
const untouched =
  /^(properties|seed|faults|cloud-scenario|releases)\/|^(calls\/failures|operator\/operator|nova\/(legacy-|poc-|conver)|cinder\/(poc|client))/;

/**
 * Compiles the sources anew. Everything is in one module of its own, so that nothing else sees a
 * mutant.
 */
export async function mutableModel(): Promise<MutableModel> {
  const mutator = new Mutator();
  const { sites } = mutator;
  const model = path('src/model/');
  const mutations: Plugin = {
    name: 'mutations',
    setup({ onLoad }) {
      onLoad({ filter: /src\/model\/.*\.ts$/ }, ({ path: file }) => {
        const name = relative(model, file);
        const text = readFileSync(file, 'utf8');
        if (untouched.test(name)) return { contents: text, loader: 'ts' };
        const { code, sites: found } = instrument(name, text, sites.length);
        sites.push(...found);
        return { contents: code, loader: 'ts' };
      });
    },
  };
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { Search } from './src/index.ts';
        export { scenarios } from './src/scenarios/index.ts';
        export { changes } from './src/model/releases/history.ts';
        export { newestRelease } from './src/model/releases/release-names.ts';
        export { switchesOf } from './src/model/releases/releases.ts';
        export { switchNames } from './src/model/releases/switches.ts';`,
      resolveDir: path('.'),
      loader: 'ts',
    },
    write: false,
    bundle: true,
    format: 'iife',
    globalName: 'model',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import', 'production'],
    target: 'node20',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [mutations],
  });
  const names = ['__at', '__flow', '__unlocked', '__untaken'];
  const evaluated = new Function(...names, `${outputFiles[0]?.text}\nreturn model;`);
  const loaded = evaluated(mutator.at, mutator.flow, mutator.unlocked, mutator.untaken);
  return { ...loaded, mutator };
}
