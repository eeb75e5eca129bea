import { Console } from 'node:console';
import { setImmediate } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { thrownText } from '../../checker/result/thrown-text.ts';
import { lateErrors, noteLateErrors } from '../searching/late-errors.ts';
import { guardProcess } from '../system/process-guards.ts';
import { packed, unpacked } from './payload.ts';
import { perform } from './perform.ts';
import type { TaskAnswer, TaskMessage } from './task-messages.ts';

// Kept from before `guardProcess`, which takes `parentPort` away.
const port = parentPort;
globalThis.console = new Console(process.stderr, process.stderr);
guardProcess();
noteLateErrors();
let told = 0;

port?.on('message', (message: TaskMessage) => {
  void answerTo(message).then((answer) => port.postMessage(answer));
});

async function answerTo({ task, code }: TaskMessage): Promise<TaskAnswer> {
  try {
    // The process that started this thread has packed a task.
    const { answer, isKept } = await perform(unpacked(task) as never, code);
    await setImmediate();
    const late = lateErrors().slice(told);
    told += late.length;
    return { data: packed({ answer, late }), isKept: isKept && late.length === 0 };
  } catch (error) {
    return { failed: thrownText(error) };
  }
}
