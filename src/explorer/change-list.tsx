import type { VNode } from 'preact';
import type { ChangeRecord } from '../report/document.ts';
import type { Plain } from '../spec/plain.ts';
import { Name, Value } from './text.tsx';

/** The changes of a step, field by field: the value before and the value after. */
export function ChangeList({
  changes,
  most = Number.POSITIVE_INFINITY,
}: {
  readonly changes: readonly Pick<ChangeRecord, 'path' | 'before' | 'after'>[];
  readonly most?: number;
}): VNode {
  if (changes.length === 0) return <p class="quiet">changes nothing</p>;
  const left = changes.length - most;
  return (
    <ul class="changes">
      {changes.slice(0, most).map((change) => (
        <li key={change.path}>
          <span class="path">
            <Name text={change.path} />
          </span>
          <Difference before={change.before} after={change.after} />
        </li>
      ))}
      {left > 0 && <li class="quiet">and {left} more</li>}
    </ul>
  );
}

function Difference({
  before,
  after,
}: {
  readonly before: Plain | undefined;
  readonly after: Plain | undefined;
}): VNode {
  if (Array.isArray(before) && Array.isArray(after)) {
    return <ArrayDifference before={before} after={after} />;
  }
  const [old, now] = [recordOf(before), recordOf(after)];
  if (old !== undefined && now !== undefined) return <RecordDifference before={old} after={now} />;
  return (
    <span class="difference">
      {before === undefined ? (
        <span class="tag new">new</span>
      ) : (
        <del>
          <Value value={before} />
        </del>
      )}
      <span class="arrow" aria-hidden="true">
        →
      </span>
      {after === undefined ? (
        <span class="tag gone">deleted</span>
      ) : (
        <ins>
          <Value value={after} />
        </ins>
      )}
    </span>
  );
}

type Fields = { readonly [field: string]: Plain };

/** The fields of a record; none where there is no value; undefined for another value. */
function recordOf(value: Plain | undefined): Fields | undefined {
  if (value === undefined) return none;
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Fields) : undefined;
}

/** Stands for the record that does not exist. */
const none: Fields = {};

/** The fields that differ; of a new or deleted record all, one beside the other. */
function RecordDifference({
  before,
  after,
}: {
  readonly before: Fields;
  readonly after: Fields;
}): VNode {
  const { changed, same } = fieldsOf(before, after);
  return (
    <span class="difference record">
      {before === none && <span class="tag new">new</span>}
      {after === none && <span class="tag gone">deleted</span>}
      {changed.map(({ name, old, now }) => (
        <span key={name} class="field">
          <span class="quiet">
            <Name text={name} />
          </span>{' '}
          {old !== undefined && (
            <del>
              <Value value={old} />
            </del>
          )}
          {old !== undefined && now !== undefined && ' → '}
          {now !== undefined && (
            <ins>
              <Value value={now} />
            </ins>
          )}
        </span>
      ))}
      {same > 0 && <span class="quiet">{same} more as before</span>}
    </span>
  );
}

/** The fields of two records that differ, and the number of those that do not. */
export function fieldsOf(
  before: Fields,
  after: Fields,
): {
  readonly changed: readonly {
    readonly name: string;
    readonly old: Plain | undefined;
    readonly now: Plain | undefined;
  }[];
  readonly same: number;
} {
  const own = (fields: Fields, name: string): Plain | undefined =>
    Object.hasOwn(fields, name) ? fields[name] : undefined;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const all = names.map((name) => ({ name, old: own(before, name), now: own(after, name) }));
  const changed = all.filter(({ old, now }) => JSON.stringify(old) !== JSON.stringify(now));
  return { changed, same: all.length - changed.length };
}

/** The difference of two lists, element by element: deleted, inserted and unchanged. */
function ArrayDifference({
  before,
  after,
}: {
  readonly before: readonly Plain[];
  readonly after: readonly Plain[];
}): VNode {
  const parts = elementwise(before, after);
  return (
    <span class="difference">
      {'['}
      {parts.map(({ kind, value }, i) => {
        const shown = <Value value={value} />;
        return (
          <span key={i} class="element">
            {kind === 'gone' ? <del>{shown}</del> : kind === 'new' ? <ins>{shown}</ins> : shown}
          </span>
        );
      })}
      {']'}
    </span>
  );
}

interface Part {
  readonly kind: 'same' | 'gone' | 'new';
  readonly value: Plain;
}

/**
 * The difference of two lists. The common beginning and end are unchanged. Between them an element
 * of the old list is deleted, unless the new list has it there, too.
 */
export function elementwise(before: readonly Plain[], after: readonly Plain[]): readonly Part[] {
  const [a, b] = [before.map(textOf), after.map(textOf)];
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  let end = 0;
  while (
    end < Math.min(a.length, b.length) - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) {
    end += 1;
  }
  const part = (kind: Part['kind'], values: readonly Plain[]): Part[] =>
    values.map((value) => ({ kind, value }));
  return [
    ...part('same', before.slice(0, start)),
    ...part('gone', before.slice(start, before.length - end)),
    ...part('new', after.slice(start, after.length - end)),
    ...part('same', after.slice(after.length - end)),
  ];
}

function textOf(value: Plain): string {
  return JSON.stringify(value);
}
