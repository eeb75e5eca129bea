import type { Pick } from '../../spec/pick.ts';
import type { Process, Processes, ProcessTable } from '../../spec/process.ts';
import { writtenBy } from '../../spec/written-by.ts';
import { assertPresent } from '../world/assert-present.ts';
import type { AttachStatus, Cloud, ConnectionInfo } from '../world/cloud.ts';
import { waitsForHost } from '../world/services.ts';

/**
 * The outcome of a call for the caller: HTTP statuses by name, and the two ways in which no reply
 * comes.
 */
export type Outcome =
  | 'ok'
  | 'bad_request'
  | 'not_found'
  | 'conflict'
  | 'server_error'
  | 'gateway_timeout'
  | 'messaging_timeout'
  | 'connection_reset';

/** The answer of a callee. Which of the other fields it has depends on the callee. */
export interface Reply {
  outcome: Outcome;
  attachment?: string;
  bdm?: string;
  connection_info?: ConnectionInfo;
  /** How the destination of a live migration reaches each volume. */
  connections?: { [volume: string]: ConnectionInfo };
  /** How many attachments share the connection of the host, in the proofs of concept. */
  sharing?: number;
  /**
   * The distinct servers that have the volume attached, as Nova's volume view shows them, with the
   * attachment of each.
   */
  servers?: { [server: string]: string };
  attach_status?: AttachStatus;
  /** The ids of the attachments of a server. */
  attachments?: { [id: string]: boolean };
}

/**
 * The variables of every process that calls another one: the callee that it waits for, and the
 * number of the attempt.
 */
export interface Caller {
  call: string | null;
  attempt: number;
}

/** The variables of every process that answers. */
export interface Callee {
  reply: Reply | null;
}

/** A variable that has no value yet, with the type that it will have. */
export const nothing = <T>(): T | null => null;

/** Fresh variables of a caller. */
export const calling = (): Caller => ({ call: null, attempt: 1 });

/** Fresh variables of a callee. */
export const answering = (): Callee => ({ reply: null });

/** The variables of the process that takes a step, and its id. */
export type Me<V> = V & { readonly pid: string };

/**
 * A step of a fragment: like a recipe of a flow, with variables that are known only to be at least
 * V.
 */
export type Do<V, L extends string> = (
  cloud: Cloud,
  self: Me<V>,
  pick: Pick,
  processes: Processes,
  // biome-ignore lint/suspicious/noConfusingVoidType: a step may return a label or fall through
) => L | 'done' | void;

/** A step of a fragment that waits. */
export interface Waiting<V, L extends string> {
  readonly when: (cloud: Cloud, self: Me<V>, processes: ProcessTable) => boolean;
  readonly do: Do<V, L>;
}

/** The service that a flow runs in: flows are called `service.method`. */
export const serviceOf = (flow: string): string => flow.slice(0, flow.indexOf('.'));

/**
 * The operation to which a process belongs: the processes that it calls are named
 * `operation/service`.
 */
export const operationOf = (pid: string): string => pid.split('/')[0] ?? pid;

/**
 * Starts `callee` as a process of its own: the message is on its way as long as that process stands
 * at its first step. Returns the new process id, which is the next free one of this operation and
 * service.
 */
export function send(processes: Processes, sender: string, callee: Process): string {
  const name = `${operationOf(sender)}/${serviceOf(callee.flow.name)}`;
  let pid = name;
  for (let n = 2; isBusy(processes, pid); n++) pid = `${name}-${n}`;
  processes.start(pid, callee);
  return pid;
}

/** The callee still runs, or its caller has not taken the answer yet. */
function isBusy(processes: Processes, pid: string): boolean {
  const process = processes.get(pid);
  if (process === undefined) return false;
  return process.at !== 'done' || [...processes].some(([, { vars }]) => vars['call'] === pid);
}

/** The callee has answered or is gone, or a fault has told the caller to wait no longer. */
function isAnswered(cloud: Cloud, self: Me<Caller>, processes: ProcessTable): boolean {
  const pid = assertPresent(self.call, 'the call whose answer is waited for');
  const callee = processes[pid];
  if (callee === undefined || callee.at === 'done') return true;
  return cloud.cuts[pid] !== undefined || waitsForHost(callee, cloud);
}

/** Takes the reply. A callee whose caller no longer waits goes on by itself. */
function collect(cloud: Cloud, self: Me<Caller>, processes: Processes): Reply {
  const pid = self.call ?? '';
  self.call = null;
  const cut = cloud.cuts[pid];
  if (cut !== undefined) {
    delete cloud.cuts[pid];
    return { outcome: cut };
  }
  const callee = processes.get(pid);
  if (callee === undefined) return { outcome: 'connection_reset' };
  processes.stop(pid);
  // A CALL that no service takes expires when its caller stops waiting.
  if (waitsForHost(callee, cloud)) return { outcome: 'messaging_timeout' };
  // Every flow that is called keeps its answer in `reply` (Callee); the process table has forgotten
  // the type.
  return callee.vars['reply'] as unknown as Reply;
}

/** The description of a call. L: the labels to which it may lead, 'done' included. */
export interface CallOptions<V, L extends string> {
  /**
   * The callee, with its arguments; also the place for local changes before the message is sent.
   */
  readonly to: (cloud: Cloud, self: Me<V>) => Process;
  /**
   * What the caller does with the reply `ok`, in the same step as it receives it; falls through
   * when left out.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: as in Do
  readonly ok?: (cloud: Cloud, self: Me<V>, reply: Reply) => L | void;
  /** The label to which any other outcome leads, or the change that it makes. */
  readonly otherwise:
    | L
    // biome-ignore lint/suspicious/noConfusingVoidType: as in Do
    | ((cloud: Cloud, self: Me<V>, outcome: Outcome, processes: Processes) => L | void);
  /** An outcome other than `ok` that counts as one. */
  readonly accepts?: (cloud: Cloud, outcome: Outcome) => boolean;
  /** The switch that says on which answers Nova sends this request again. */
  readonly repeated?: 'update_repeated' | 'delete_repeated';
}

/** The two steps of a call: the label itself sends, `<label>_reply` receives. */
export type CallSteps<N extends string, V, L extends string> = {
  readonly [K in N]: Do<V, never>;
} & {
  readonly [K in `${N}_reply`]: Waiting<V, Exclude<L, 'done'> | N>;
};

/** Nova's [cinder]http_retries: how often a request is sent again when the connection broke. */
const resendsMax = 3;

/** How often Nova sends a request that it repeats (docs/openstack.md 9.1, R22). */
const attemptsMax = 5;

function isRepeated(
  { switches }: Cloud,
  outcome: Outcome,
  by: 'update_repeated' | 'delete_repeated' | undefined,
): boolean {
  if (by === undefined) return false;
  if (outcome === 'server_error') return switches[by] !== 'never';
  return outcome === 'gateway_timeout' && switches[by] === 'on_500_and_504';
}

/** The two kinds of blocking calls, for processes whose variables are V. */
export function calls<V extends Caller>() {
  return {
    /**
     * A REST request to Cinder. Nova sends it again up to three times when the connection broke.
     * Some requests it also repeats up to four times on HTTP 500, or on 500 and 504.
     */
    rest: <N extends string, L extends string = never>(label: N, options: CallOptions<V, L>) =>
      callSteps<N, V, L>(label, options, (cloud, attempt, outcome) => {
        if (outcome === 'connection_reset') return attempt <= resendsMax;
        return attempt < attemptsMax && isRepeated(cloud, outcome, options.repeated);
      }),
    /**
     * A blocking RPC CALL. Nova never sends it again; a callee that is gone looks like a time-out.
     */
    rpc: <N extends string, L extends string = never>(label: N, options: CallOptions<V, L>) =>
      callSteps<N, V, L>(label, options, () => false),
  };
}

/** The callee is a process of its own, so it goes on after the caller has stopped waiting. */
function callSteps<N extends string, V extends Caller, L extends string>(
  label: N,
  options: CallOptions<V, L>,
  isSentAgain: (cloud: Cloud, attempt: number, outcome: Outcome) => boolean,
): CallSteps<N, V, L> {
  const sending: Do<V, never> = (cloud, self, _pick, processes) => {
    self.call = send(processes, self.pid, options.to(cloud, self));
  };
  writtenBy(sending, options.to);
  const receiving: Waiting<V, L | N> = {
    when: isAnswered,
    do: (cloud, self, _pick, processes) => {
      const reply = collect(cloud, self, processes);
      if (isSentAgain(cloud, self.attempt, reply.outcome)) {
        self.attempt += 1;
        return label;
      }
      self.attempt = 1;
      const accepted = reply.outcome === 'ok' || options.accepts?.(cloud, reply.outcome) === true;
      if (accepted) return options.ok?.(cloud, self, reply);
      if (typeof options.otherwise !== 'function') return options.otherwise;
      return options.otherwise(cloud, self, reply.outcome, processes);
    },
  };
  writtenBy(receiving.do, options.ok ?? options.to);
  // The compiler does not relate computed keys to the mapped type: the two keys are the ones it
  // names.
  return { [label]: sending, [`${label}_reply`]: receiving } as unknown as CallSteps<N, V, L>;
}
