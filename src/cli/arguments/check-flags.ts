import type { Requirement } from '../../checker/result/requirements.ts';
import type { SearchFlags } from './search-options.ts';

export interface CheckFlags extends SearchFlags {
  readonly all?: true | undefined;
  readonly set: readonly string[];
  readonly json?: true | undefined;
  readonly require: readonly Requirement[];
  /** Each a format, or a format and a file: `sarif=r.sarif`. */
  readonly report: readonly string[];
  readonly ci?: true | undefined;
  readonly watch?: true | undefined;
  readonly types?: true | undefined;
  readonly why?: true | undefined;
  readonly verbose?: true | undefined;
}
