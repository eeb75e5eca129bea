import type { VNode } from 'preact';
import type { Change, WorldState } from '../checker/result/result.ts';
import { heldLocks } from '../report/held-locks.ts';
import type { Plain } from '../spec/plain.ts';
import { Name, Value } from './text.tsx';

/** Up to this many entries all tables stand open; of a larger state, only those that changed. */
const shownMax = 16;

/** The whole state, table by table, with the changes of the last step marked. */
export function StateView({
  world,
  changes,
}: {
  readonly world: WorldState;
  readonly changes: readonly Change[];
}): VNode {
  const changed = new Set(changes.map(({ path }) => path.split('.').slice(0, 2).join('.')));
  const processes = Object.fromEntries(
    Object.entries(world.processes).map(([pid, { flow, at, vars }]) => [
      pid,
      { flow, at, ...vars } as Plain,
    ]),
  );
  const all: (readonly [string, Plain])[] = [
    ...Object.entries(world.state),
    ['processes', processes],
    ['faults left', world.faults],
  ];
  const tables = all.filter(
    ([name, value]) => name in world.state || Object.keys(value as object).length > 0,
  );
  const entries = tables.reduce(
    (sum, [, value]) => sum + (isRecord(value) ? Object.keys(value).length : 1),
    0,
  );
  const isEmpty = (value: Plain): boolean => isRecord(value) && Object.keys(value).length === 0;
  const empty = tables.filter(([name, value]) => isEmpty(value) && !isTouched(name, changed));
  return (
    <div class="state">
      {tables
        .filter((table) => !empty.includes(table))
        .map(([name, value]) => (
          <Table
            key={name}
            name={name}
            value={value}
            changed={changed}
            unfold={entries <= shownMax}
          />
        ))}
      {empty.length > 0 && (
        <p class="quiet empty">
          empty: <Name text={empty.map(([name]) => name).join(', ')} />
        </p>
      )}
    </div>
  );
}

function Table({
  name,
  value,
  changed,
  unfold,
}: {
  readonly name: string;
  readonly value: Plain;
  readonly changed: ReadonlySet<string>;
  readonly unfold: boolean;
}): VNode {
  const isTable = isRecord(value);
  const entries = isTable ? Object.entries(value) : [];
  const touched = isTable && isTouched(name, changed);
  return (
    <details open={unfold || touched}>
      <summary>
        <Name text={name} />{' '}
        {isTable ? (
          <span class="quiet">{entries.length === 0 ? 'empty' : entries.length}</span>
        ) : (
          <span class={changed.has(name) ? 'value changed' : 'value'}>
            <Value value={value} />
          </span>
        )}
      </summary>
      {isTable && entries.length > 0 && (
        <dl>
          {entries.map(([id, entry]) => (
            <div key={id} class={changed.has(`${name}.${id}`) ? 'entry changed' : 'entry'}>
              <dt>
                <Name text={id} />
              </dt>
              <dd>
                <Fields value={entry} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}

/** True if the step changed or deleted an entry of the table. */
function isTouched(table: string, changed: ReadonlySet<string>): boolean {
  return [...changed].some((path) => path.startsWith(`${table}.`));
}

/** A record field by field; any other value as it is. */
export function Fields({ value }: { readonly value: Plain }): VNode {
  if (!isRecord(value)) return <Value value={value} />;
  return (
    <>
      {Object.entries(value).map(([field, part]) => (
        <span key={field} class="field">
          <span class="quiet">
            <Name text={field} />
          </span>{' '}
          <Value value={part} />
        </span>
      ))}
    </>
  );
}

function isRecord(value: Plain): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The locks that processes hold. By convention they stand in a table `locks`. */
export function Locks({ world }: { readonly world: WorldState }): VNode | null {
  const locks = heldLocks(world);
  if (locks.length === 0) return null;
  return (
    <p class="locks">
      <span class="quiet">locks held</span>
      {locks.map(({ lock, holder }) => (
        <span key={lock} class="lock">
          <Name text={lock} /> <span class="quiet">by</span> <Name text={holder} />
        </span>
      ))}
    </p>
  );
}
