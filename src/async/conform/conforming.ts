import type { Schedule } from '../schedule/schedule.ts';
import type { CodeModel } from './code-model.ts';
import { codeState, FollowModel } from './follow-model.ts';

/** What is to be asked after each step of a schedule: does the model follow? */
export function conforming(
  schedule: Schedule,
  model: CodeModel,
  abstraction: () => object | PromiseLike<object>,
): () => Promise<void> {
  const following = new FollowModel(model);
  return async () => {
    const state = codeState(await abstraction(), model);
    schedule.states.push(state);
    following.advance(schedule.steps.at(-1)?.entry, state);
  };
}
