import { Console } from 'node:console';
import { parentPort } from 'node:worker_threads';
import { problemFrom } from '../searching/problem.ts';
import { guardProcess } from '../system/process-guards.ts';
import type { Call, Found, Reply } from './call.ts';
import { check } from './check.ts';
import { exploreFrom } from './explore-from.ts';
import { fitReply } from './fit-reply.ts';
import { replay } from './replay.ts';
import type { ToolArguments, ToolName } from './tool-schemas.ts';
import { validate } from './validate.ts';
import { why } from './why.ts';

/** A call for the thread. Its arguments were validated. */
export interface ThreadCall {
  readonly name: ToolName;
  readonly asked: ToolArguments<ToolName>;
}

/** Messages of the thread: it is ready, or the reply of the present call. */
export type ThreadMessage = 'ready' | { readonly text: string; readonly isError: boolean };

const tools: { readonly [N in ToolName]: (asked: ToolArguments<N>, call: Call) => Promise<Reply> } =
  { validate, check, why, replay, explore_from: exploreFrom };

// Kept from before `guardProcess`, which takes `parentPort` away.
const port = parentPort;
const found: Found = new Map();
let stop = { requested: false };

async function answer({ name, asked }: ThreadCall): Promise<void> {
  const began = performance.now();
  const left = (): number => asked.seconds - (performance.now() - began) / 1000;
  stop = { requested: false };
  const call: Call = { stop, left, found };
  // Each tool is called with the arguments of its own schema.
  const tool = tools[name] as (asked: ThreadCall['asked'], call: Call) => Promise<Reply>;
  const reply = await tool(asked, call).catch((error: unknown): Reply => {
    return { error: problemFrom(error) };
  });
  say({ text: fitReply(reply), isError: 'error' in reply && !('verdict' in reply) });
}

function say(message: ThreadMessage): void {
  port?.postMessage(message);
}

// As in the main thread: standard output belongs to the protocol.
globalThis.console = new Console(process.stderr, process.stderr);
guardProcess();
port?.on('message', (message: ThreadCall | 'stop') => {
  if (message === 'stop') stop.requested = true;
  else void answer(message);
});
say('ready');
