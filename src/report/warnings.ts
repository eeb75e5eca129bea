import type { Result } from '../checker/result/result.ts';
import { ledgerLines } from './ledger-text.ts';
import { plainPaint, type TextStyle } from './text-style.ts';

/** A sentence is one line, however long. */
const look: TextStyle = { width: Number.MAX_SAFE_INTEGER, paint: plainPaint };

/**
 * What weakens the verdict of a result, or what it rests on beside the model, one sentence each;
 * empty where nothing does.
 */
export function warningsOf({ ledger, properties }: Result): readonly string[] {
  return [
    ...(properties.length === 0 ? ['nothing is asked: no property and no deadlock'] : []),
    ...(ledger.exhaustive ? [] : [`not every state was visited: ${ledger.stopReason ?? 'bound'}`]),
    ...ledgerLines(ledger, look).map((line) => line.trim()),
  ];
}
