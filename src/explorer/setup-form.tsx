import type { VNode } from 'preact';
import { printable } from '../report/value-text.ts';
import type { AnyPoint, Parameter } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { PageData } from './page-data.ts';
import { Name } from './text.tsx';

/** Chooses the scenario, where there are several, and the values of its parameters. */
export function SetupForm({
  data,
  scenario,
  point,
  onPoint,
}: {
  readonly data: PageData;
  readonly scenario: Scenario;
  readonly point: AnyPoint;
  readonly onPoint: (point: AnyPoint) => void;
}): VNode {
  const parameters = Object.entries(scenario.parameters);
  const aside = parameters.filter(([, parameter]) => parameter.aside);
  const changed = aside.filter(([name, parameter]) => point[name] !== parameter.default).length;
  const field = ([name, parameter]: readonly [string, Parameter]): VNode => (
    // The select is in a component of its own.
    // biome-ignore lint/a11y/noLabelWithoutControl: see above
    <label
      key={name}
      title={parameter.about === undefined ? undefined : printable(parameter.about)}
    >
      <span>
        <Name text={name} />
      </span>
      <ValueSelect
        parameter={parameter}
        value={point[name]}
        onValue={(value) => onPoint({ ...point, [name]: value })}
      />
    </label>
  );
  return (
    <form
      class="setup"
      aria-label="Scenario and parameters"
      onSubmit={(event) => event.preventDefault()}
    >
      {data.mode === 'explore' && data.scenarios.length > 1 && (
        <label>
          <span>scenario</span>
          <select
            value={scenario.name}
            onChange={(event) => {
              location.href = `/explore/${encodeURIComponent(event.currentTarget.value)}`;
            }}
          >
            {data.scenarios.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {parameters.filter(([, { aside }]) => !aside).map(field)}
      {aside.length > 0 && (
        <details class="aside" open={changed > 0}>
          <summary>
            {aside.length} more {changed === 0 ? 'at their defaults' : `(${changed} changed)`}
          </summary>
          <div>{aside.map(field)}</div>
        </details>
      )}
    </form>
  );
}

function ValueSelect({
  parameter,
  value,
  onValue,
}: {
  readonly parameter: Parameter;
  readonly value: AnyPoint[string] | undefined;
  readonly onValue: (value: AnyPoint[string]) => void;
}): VNode {
  const chosen = value === undefined ? -1 : parameter.values.indexOf(value);
  return (
    <select
      value={String(chosen)}
      onChange={(event) => {
        const next = parameter.values[Number(event.currentTarget.value)];
        if (next !== undefined) onValue(next);
      }}
    >
      {parameter.values.map((each, i) => (
        <option key={String(each)} value={String(i)}>
          {printable(String(each))}
        </option>
      ))}
    </select>
  );
}
