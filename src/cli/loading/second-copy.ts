import { copyFileSync } from 'node:fs';
import { isScenario, type Scenario } from '../../spec/scenario.ts';
import { muted } from '../system/muted.ts';
import { patienceSeconds } from '../system/run-with-timeout.ts';
import type { SelectedScenario } from './selected-scenario.ts';

type Module = { readonly [name: string]: unknown };

/** The second copies of modules, by the path of the first. */
const copies = new Map<string, Promise<Module>>();

/**
 * The same scenario from a second copy of its module, which has variables of its own but shares
 * packages. Undefined for a scenario of racewright, and for a file that cannot be loaded twice, for
 * example because it takes a port.
 */
export async function copyOf({ origin }: SelectedScenario): Promise<Scenario | undefined> {
  if (origin === undefined) return undefined;
  const { compiled, exportName } = origin;
  const module = copies.get(compiled) ?? secondModule(compiled);
  copies.set(compiled, module);
  try {
    const value = (await module)[exportName];
    return isScenario(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function secondModule(path: string): Promise<Module> {
  const copy = path.replace(/\.mjs$/, '.copy.mjs');
  copyFileSync(path, copy);
  // Loaded here, because only a command that names a file needs the compiler.
  const { evaluated } = await import('./evaluate-module.ts');
  return muted(() => evaluated(copy, patienceSeconds));
}
