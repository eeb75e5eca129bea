import type { AnyAction } from '../../spec/action.ts';
import type { AnyFlow, Process } from '../../spec/process.ts';
import { quoted } from '../../spec/refuse.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { subjectOf } from '../result/schedule-entry.ts';

/**
 * The flows of a system by name. It grows when a recipe starts a process of a new flow. No two
 * steps of its processes and actions have the same schedule entry.
 */
export class Flows extends Map<string, AnyFlow> {
  /** The actions with an actor, by actor and name. */
  readonly #actions = new Map<string, Map<string, AnyAction>>();

  /** Throws a SpecError for two actions or faults with the same schedule entry. */
  constructor(actions: readonly AnyAction[] = []) {
    super();
    const byEntry = new Map<string, AnyAction>();
    for (const action of actions) {
      const { actor, name } = action;
      const entry = subjectOf(actor, name);
      const twin = byEntry.get(entry);
      if (twin !== undefined) throw twins(described(twin), described(action), entry);
      byEntry.set(entry, action);
      if (actor === undefined) continue;
      const own = this.#actions.get(actor) ?? new Map<string, AnyAction>();
      this.#actions.set(actor, own.set(name, action));
    }
  }

  /**
   * Adds the flow of a process. Throws a SpecError when another flow has the same name, and when a
   * step of the process would have the schedule entry of an action: no schedule and no step
   * property could tell the two apart.
   */
  enter(pid: string, { flow }: Process): void {
    if (pid === '') {
      throw new SpecError({ what: 'a process has an empty id', mend: 'Give it an id.' });
    }
    const known = this.get(flow.name);
    if (known !== undefined && known !== flow) {
      throw new SpecError({
        what: `two different flows are called '${flow.name}'`,
        mend: 'Give them different names, or make the flow once and start it several times.',
      });
    }
    const actions = this.#actions.get(pid);
    const label = actions === undefined ? undefined : flow.labels.find((each) => actions.has(each));
    const action = label === undefined ? undefined : actions?.get(label);
    if (label !== undefined && action !== undefined) {
      const step = `step ${quoted(label)} of process ${quoted(pid)} (flow ${quoted(flow.name)})`;
      throw twins(step, described(action), subjectOf(pid, label));
    }
    this.set(flow.name, flow);
  }
}

function described({ kind, actor, name }: AnyAction): string {
  const whose = kind === 'fault' || actor === undefined ? '' : ` of actor ${quoted(actor)}`;
  return `${kind} ${quoted(name)}${whose}`;
}

function twins(one: string, other: string, entry: string): SpecError {
  return new SpecError({
    what: `two steps have the same schedule entry '${entry}': ${one}, and ${other}`,
    mend: 'Rename one, so that a schedule and a property about steps can tell them apart.',
  });
}
