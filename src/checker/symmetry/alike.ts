import { quoted } from '../../spec/refuse.ts';
import { SpecError } from '../../spec/spec-error.ts';
import type { AnySystem } from '../../spec/system.ts';
import type { Symmetry } from './symmetry.ts';

/**
 * Throws a SpecError for members that run different flows, and for members that are unlike in the
 * initial states: no exchange of the others makes up for exchanging these two.
 */
export function checkAlike(symmetry: Symmetry, system: AnySystem, scenario: string): void {
  const { members } = symmetry;
  const where = (set: string) => `scenario '${scenario}', symmetry.${set}`;
  for (const { name, first, size } of members.sets) {
    for (let member = first; member < first + size - 1; member++) {
      const [what, mend] = unlike(symmetry, system, member) ?? [];
      if (what === undefined) continue;
      const [one, other] = [member, member + 1].map((each) => quoted(members.names[each]?.[0]));
      throw new SpecError({
        what: `${one} and ${other} are unlike: ${what}`,
        where: where(name),
        mend,
      });
    }
  }
}

/** Why a member and the next one are unlike, and what to do; undefined where they are alike. */
function unlike(
  symmetry: Symmetry,
  system: AnySystem,
  member: number,
): readonly [what: string, mend: string] | undefined {
  const { names } = symmetry.members;
  const flows = differentFlows(system, names[member] ?? [], names[member + 1] ?? []);
  if (flows !== undefined) return [flows, 'A set lists things of one kind.'];
  if (placesOf(symmetry, member) === placesOf(symmetry, member + 1)) return undefined;
  return [
    'the initial states tell them apart',
    'Let them begin alike, or list among the initial states all exchanges of each.',
  ];
}

/** In which canonical state each initial state puts this member, and where: as text. */
function placesOf({ initial, canonical }: Symmetry, member: number): string {
  const places = initial.map((vector) => {
    const marked = canonical(vector, member);
    return `${marked.exchange[member]} ${marked.vector.join()}`;
  });
  return [...new Set(places)].sort().join(';');
}

/** The flows of two processes in the same place of two members, if they differ. */
function differentFlows(
  { processes = {} }: AnySystem,
  one: readonly string[],
  other: readonly string[],
): string | undefined {
  for (const [part, name] of one.entries()) {
    const twin = other[part] as string;
    const [flow, twinFlow] = [name, twin].map((pid) => flowOf(processes, pid));
    if (flow === twinFlow) continue;
    const runs = (pid: string, named: string | undefined) =>
      named === undefined ? `${quoted(pid)} is no process` : `${quoted(pid)} runs '${named}'`;
    return `${runs(name, flow)}, and ${runs(twin, twinFlow)}`;
  }
  return undefined;
}

const flowOf = (processes: NonNullable<AnySystem['processes']>, pid: string): string | undefined =>
  Object.hasOwn(processes, pid) ? processes[pid]?.flow.name : undefined;

/**
 * Throws a SpecError for a name that no initial state, process, action or fault has, if they have
 * that of another member: a misspelt one. A name that only a step makes is missing for all members.
 */
export function checkNames(symmetry: Symmetry, system: AnySystem, scenario: string): void {
  const { members } = symmetry;
  const found = namesIn(symmetry, system);
  for (const { name: set, first, size } of members.sets) {
    const parts = members.names[first]?.length ?? 0;
    for (let part = 0; part < parts; part++) {
      const names = Array.from({ length: size }, (_, i) => members.names[first + i]?.[part]);
      const missing = names.filter((name) => !found.has(name as string));
      if (missing.length === 0 || missing.length === size) continue;
      throw new SpecError({
        what: `nothing is called ${missing.map(quoted).join(' or ')}`,
        where: `scenario '${scenario}', symmetry.${set}`,
        mend: 'List names of processes, actions, faults, or entries and values of the initial states.',
      });
    }
  }
}

/** Every name in the system that shows before the first step. */
function namesIn({ slots, initial }: Symmetry, system: AnySystem): ReadonlySet<string> {
  const found = new Set<string>(Object.keys(system.processes ?? {}));
  for (const { actor, name } of [...(system.actions ?? []), ...(system.faults ?? [])]) {
    found.add(name);
    if (actor !== undefined) found.add(actor);
  }
  const all = slots.slots;
  for (const vector of initial) {
    for (const [slot, number] of vector.entries()) {
      const value = all.valueOf(slot, number);
      if (typeof value === 'symbol') continue;
      found.add(all.idOf[slot] as string);
      addTexts(value, found);
    }
  }
  return found;
}

function addTexts(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') found.add(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (!Array.isArray(value)) found.add(key);
    addTexts(item, found);
  }
}
