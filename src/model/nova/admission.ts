import type { Switches } from '../releases/switches.ts';
import type { Cloud, Instance } from '../world/cloud.ts';

type Task = Instance['task_state'];

/** The states in which nova-api accepts a request about a server. */
interface Admission {
  readonly vm: readonly Instance['vm_state'][];
  /** 'any': every task state. */
  readonly tasks: readonly Task[] | 'any';
}

const idle: readonly Task[] = [null];

/**
 * The states that each request accepts, as far as the model has them: no server of it is paused,
 * suspended, rescued, soft-deleted or shelved without being offloaded. They are the same at each
 * first version since nova 14 but for two: a swap accepts no stopped server since nova 17, before
 * which it is not modelled, and an evacuation any task since nova 26. A deletion accepts all.
 * Source: nova:nova/compute/api.py@check_instance_state and its uses;
 * nova:nova/compute/vm_states.py, nova:nova/compute/task_states.py (docs/openstack.md 1.7).
 */
const admissions = {
  attach: { vm: ['active', 'stopped', 'resized'], tasks: idle },
  detach: { vm: ['active', 'stopped', 'resized'], tasks: idle },
  attach_offloaded: { vm: ['shelved_offloaded'], tasks: idle },
  detach_offloaded: { vm: ['shelved_offloaded'], tasks: idle },
  swap: { vm: ['active', 'resized'], tasks: idle },
  // Of a hard reboot. The task states that nova-compute saves of one are not among them.
  reboot: { vm: ['active', 'stopped', 'error'], tasks: [null, 'rebooting'] },
  rebuild: { vm: ['active', 'stopped', 'error'], tasks: idle },
  resize: { vm: ['active', 'stopped'], tasks: idle },
  end_resize: { vm: ['resized'], tasks: idle },
  shelve: { vm: ['active', 'stopped'], tasks: idle },
  unshelve: { vm: ['shelved_offloaded'], tasks: idle },
  live_migrate: { vm: ['active'], tasks: idle },
  evacuate: { vm: ['active', 'stopped', 'error'], tasks: idle },
} as const satisfies Record<string, Admission>;

/** A request about a server that nova-api accepts by its states. */
export type Request = keyof typeof admissions;

/** The states that a release accepts for a request. */
export function admissionOf(request: Request, { evacuated_tasks }: Switches): Admission {
  const admission: Admission = admissions[request];
  const takesAny = request === 'evacuate' && evacuated_tasks === 'any';
  return takesAny ? { ...admission, tasks: 'any' } : admission;
}

/** Whether nova-api accepts a request about a server that is in these states. */
export function admits(
  { switches }: { readonly switches: Cloud['switches'] },
  request: Request,
  { vm_state, task_state }: Readonly<Instance>,
): boolean {
  const { vm, tasks } = admissionOf(request, switches);
  return vm.includes(vm_state) && (tasks === 'any' || tasks.includes(task_state));
}
