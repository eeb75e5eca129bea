import type { VNode } from 'preact';
import { count, number } from '../report/figures.ts';
import { faultWords } from '../report/runs.ts';
import type { PageResult } from './page-data.ts';
import { Name } from './text.tsx';

/** A parameter of more values than this does not run across: the table would be too wide. */
const acrossMax = 12;
/** With more columns than this, cells are short. */
const roomyMax = 3;

type Value = PageResult['shown'][string];

interface Axis {
  readonly name: string;
  readonly values: readonly Value[];
}

/**
 * Every checked point, as a grid for each scenario: verdict, steps of the shortest counterexample,
 * states, and whether the scenario expects it. A cell opens its run, or is plain text without
 * `onOpen`.
 */
export function PointGrid({
  results,
  isShown,
  onOpen,
}: {
  readonly results: readonly PageResult[];
  readonly isShown?: (result: PageResult) => boolean;
  readonly onOpen?: (result: PageResult) => void;
}): VNode | null {
  if (results.length < 2) return null;
  const groups = new Map<string, PageResult[]>();
  for (const result of results) {
    const key = JSON.stringify([result.model, result.faults ?? {}]);
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return (
    <section class="panel grid" aria-labelledby="grid-title">
      <h2 id="grid-title">{summary(results)}</h2>
      {[...groups.values()].map((group) => (
        <Grid
          key={group[0]?.model}
          group={group}
          isAlone={groups.size === 1}
          isShown={isShown}
          onOpen={onOpen}
        />
      ))}
    </section>
  );
}

/** `36 points were checked: 19 hold, 17 violated as expected` */
function summary(results: readonly PageResult[]): string {
  const amount = (test: (result: PageResult) => boolean): number => results.filter(test).length;
  const wrong = amount(({ asExpected }) => asExpected === false);
  const expected = amount(
    ({ verdict, asExpected }) => verdict === 'violated' && asExpected === true,
  );
  const parts: readonly (readonly [number, string])[] = [
    [amount(({ verdict }) => verdict === 'holds'), 'hold'],
    [expected, 'violated as expected'],
    [amount(({ verdict }) => verdict === 'violated') - expected, 'violated'],
    [amount(({ verdict }) => verdict === 'undecided'), 'undecided'],
    [wrong, 'NOT as expected'],
  ];
  const told = parts.filter(([n]) => n > 0).map(([n, what]) => `${number(n)} ${what}`);
  return `${number(results.length)} points were checked: ${told.join(', ')}`;
}

interface GridProps {
  readonly group: readonly PageResult[];
  readonly isAlone: boolean;
  readonly isShown: ((result: PageResult) => boolean) | undefined;
  readonly onOpen: ((result: PageResult) => void) | undefined;
}

function Grid({ group, isAlone, isShown, onOpen }: GridProps): VNode {
  const axes = axesOf(group);
  const varying = axes.filter(({ values }) => values.length > 1);
  const across =
    varying.length > 1 ? varying.findLast(({ values }) => values.length <= acrossMax) : undefined;
  const down = varying.filter((axis) => axis !== across);
  const rows = new Map<string, PageResult[]>();
  for (const result of group) {
    const key = JSON.stringify(down.map(({ name }) => result.shown[name]));
    rows.set(key, [...(rows.get(key) ?? []), result]);
  }
  const columns = across?.values ?? [undefined];
  const [first] = group;
  const fixed = [
    ...axes
      .filter(({ values }) => values.length === 1)
      .map(({ name, values }) => `${name}=${values[0]}`),
    ...faultWords(first?.faults),
  ];
  return (
    // Keys scroll only a focused element, and the grid without scripts has no other.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section class="scroll" aria-label={`Points of ${first?.scenario}`} tabIndex={0}>
      <table>
        {(!isAlone || fixed.length > 0) && (
          <caption>
            <Name text={[...(isAlone ? [] : [first?.scenario]), ...fixed].join('  ')} />
          </caption>
        )}
        <thead>
          <tr>
            {down.map(({ name }) => (
              <th key={name} scope="col">
                <Name text={name} />
              </th>
            ))}
            {columns.map((value) => (
              <th key={value} scope="col">
                {across === undefined ? 'verdict' : <Name text={`${across.name}=${value}`} />}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows.values()].map((row) => (
            <tr key={JSON.stringify(row[0]?.shown)}>
              {down.map(({ name }) => (
                <th key={name} scope="row">
                  <span class="narrow">
                    <Name text={`${name}=`} />
                  </span>
                  <Name text={String(row[0]?.shown[name])} />
                </th>
              ))}
              {columns.map((value) => {
                const result = row.find(
                  ({ shown }) => across === undefined || shown[across.name] === value,
                );
                return (
                  <td key={value}>
                    {result !== undefined && across !== undefined && (
                      <span class="narrow">
                        <Name text={`${across.name}=${value}`} />
                      </span>
                    )}
                    {result !== undefined && (
                      <Cell
                        result={result}
                        isShort={columns.length > roomyMax}
                        isShown={isShown?.(result) === true}
                        onOpen={onOpen}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({
  result,
  isShort,
  isShown,
  onOpen,
}: {
  readonly result: PageResult;
  readonly isShort: boolean;
  readonly isShown: boolean;
  readonly onOpen: GridProps['onOpen'];
}): VNode {
  const { verdict, states, asExpected } = result;
  const steps = shortest(result);
  const sign = { holds: '✓', violated: '✗', undecided: '?' }[verdict];
  const figures = [
    ...(steps === undefined ? [] : [count(steps, 'step')]),
    ...(isShort && steps !== undefined ? [] : [count(states, 'state')]),
  ].join(', ');
  const text = (
    <>
      <span class={`tag ${verdict}`}>
        <span aria-hidden="true">{sign} </span>
        {isShort ? figures : verdict}
      </span>
      {isShort && <span class="hidden">{verdict}</span>}
      {!isShort && ` ${figures}`}
      {asExpected === false && <strong class="problem">NOT expected</strong>}
      {asExpected === true && verdict === 'violated' && !isShort && ' (expected)'}
    </>
  );
  if (onOpen === undefined) return <span class="cell">{text}</span>;
  return (
    <button
      type="button"
      class={isShown ? 'cell shown' : 'cell'}
      aria-current={isShown ? 'true' : undefined}
      onClick={() => onOpen(result)}
    >
      {text}
    </button>
  );
}

/** The number of steps of the shortest counterexample. */
function shortest({ properties }: PageResult): number | undefined {
  const lengths = properties.flatMap(({ verdict, trace }) =>
    verdict === 'violated' && trace !== undefined ? [trace.schedule.length] : [],
  );
  return lengths.length === 0 ? undefined : Math.min(...lengths);
}

/** The shown parameters, with the values that occur, in their order. */
function axesOf(group: readonly PageResult[]): readonly Axis[] {
  const names = [...new Set(group.flatMap(({ shown }) => Object.keys(shown)))];
  return names.map((name) => ({
    name,
    values: inOrder([...new Set(group.flatMap(({ shown }) => shown[name] ?? []))]),
  }));
}

/** Numbers by size; other values as they occur, which is the order of the scenario. */
function inOrder(values: readonly Value[]): readonly Value[] {
  const isScale = values.every((value) => typeof value === 'number');
  return isScale ? [...values].sort((a, b) => Number(a) - Number(b)) : values;
}
