import { everything } from '../schedule/parked.ts';
import type { Schedule } from '../schedule/schedule.ts';

/** By schedule: the signals that its calls have had, and what stands for each. */
const known = new WeakMap<Schedule, Map<AbortSignal, string>>();

/**
 * Notes that the step that runs depends on a signal, as does the step that aborts it. The code may
 * abort it in any step, and keys do not say so. Of a signal that was aborted before its first call
 * it is not known which step has done so.
 */
export function dependOnSignal(schedule: Schedule, signal: AbortSignal): void {
  const signals = known.get(schedule) ?? new Map<AbortSignal, string>();
  known.set(schedule, signals);
  const name = signals.get(signal) ?? `signal ${signals.size + 1}`;
  if (!signals.has(signal)) {
    signals.set(signal, name);
    if (signal.aborted) schedule.touch(everything);
    const abort = () => schedule.touch(name);
    signal.addEventListener('abort', abort, { once: true });
    schedule.undo.push(() => signal.removeEventListener('abort', abort));
  }
  schedule.touch(name);
}
