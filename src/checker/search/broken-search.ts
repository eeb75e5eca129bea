import { SpecError } from '../../spec/spec-error.ts';
import type { Result } from '../result/result.ts';

/**
 * The model broke in the middle of a search. The results so far are as true as if the search had
 * stopped there.
 */
export class BrokenSearch extends SpecError {
  /**
   * The result up to the error: violations with their counterexamples; open properties are
   * undecided with stopReason 'error'.
   */
  readonly found: Result;

  private constructor(broken: SpecError, found: Result) {
    super(broken, { cause: broken.cause });
    this.name = 'BrokenSearch';
    this.found = found;
    const violated = found.properties.filter(({ verdict }) => verdict === 'violated');
    for (const { name, trace } of violated) {
      this.message += `\nFound before: '${name}' is violated by ${trace?.schedule.join(' ') || 'the initial state'}`;
    }
  }

  /**
   * Turns a SpecError into a BrokenSearch with what was found before; any other error stays as it
   * is.
   */
  static of(error: unknown, found: () => Result): unknown {
    return error instanceof SpecError ? new BrokenSearch(error, found()) : error;
  }
}
