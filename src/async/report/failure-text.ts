import type { Failure } from '../schedule/failure.ts';

/** Why a schedule fails: the first line says it, further ones give details. */
export function failureText(failure: Failure | undefined): string {
  switch (failure?.kind) {
    case undefined:
      return 'the body passes';
    case 'failed':
      return errorText(failure.error);
    case 'unhandled':
      return `a rejection is not handled: ${errorText(failure.error)}`;
    case 'uncaught':
      return `an exception is not caught: ${errorText(failure.error)}`;
    case 'deadlock':
      return failure.waiting.length === 0
        ? 'deadlock: the body waits, and nothing is parked'
        : `deadlock: ${failure.waiting.join(', ')} ${failure.waiting.length === 1 ? 'waits' : 'wait'}, and nothing is parked`;
    case 'unsettled':
      return [
        `the operation of ${failure.entry} has not settled in ${failure.seconds} s`,
        'Raise callTimeout where it takes longer. A call that waits for another one of this test',
        'needs that one to be wrapped instead.',
      ].join('\n');
    case 'uncontrolled':
      return [
        'something asynchronous is not wrapped, so that the scheduler does not control when it ends:',
        ...failure.resources.flatMap(({ type, stack }) => [
          `  ${type}${whatItIs(type)}, created`,
          ...stack.slice(0, 5).map((frame) => `    ${frame}`),
        ]),
        'Wrap it with the kit: kit.call, kit.client, kit.timers, kit.fetch; or leave it out of the',
        'schedule with kit.outside.',
      ].join('\n');
  }
}

function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'Error' || error.name === 'Deviation'
    ? error.message
    : `${error.name}: ${error.message}`;
}

const kinds: ReadonlyMap<string, string> = new Map([
  ['Timeout', 'setTimeout or setInterval'],
  ['Immediate', 'setImmediate'],
  ['TCPWRAP', 'a connection'],
  ['TCPCONNECTWRAP', 'a connection'],
  ['GETADDRINFOREQWRAP', 'a look-up of a host'],
  ['FSREQCALLBACK', 'an operation on a file'],
  ['FSREQPROMISE', 'an operation on a file'],
  ['MESSAGEPORT', 'a port of messages'],
  ['WORKER', 'a thread'],
  ['PROCESSWRAP', 'another process'],
]);

function whatItIs(type: string): string {
  const kind = kinds.get(type);
  return kind === undefined ? '' : ` (${kind})`;
}
