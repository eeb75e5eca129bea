import type { VNode } from 'preact';
import { printable } from '../report/value-text.ts';
import type { AnyAction } from '../spec/action.ts';
import type { AnyPoint, Parameter } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { PageData } from './page-data.ts';
import type { Budgets } from './read-address.ts';
import type { Session } from './session.ts';
import { Name } from './text.tsx';

/**
 * Chooses the scenario, if there are several, the values of its parameters, and the budgets of its
 * faults.
 */
export function SetupForm({
  data,
  scenario,
  session,
  onSetup,
}: {
  readonly data: PageData;
  readonly scenario: Scenario;
  readonly session: Session;
  readonly onSetup: (point: AnyPoint, faults: Budgets) => void;
}): VNode {
  const { point, faults, walker } = session;
  const parameters = Object.entries(scenario.parameters);
  const advanced = parameters.filter(([, parameter]) => parameter.advanced);
  const changed = advanced.filter(([name, parameter]) => point[name] !== parameter.default).length;
  const field = ([name, parameter]: readonly [string, Parameter]): VNode => (
    // The select element is in another component, where the rule does not see it.
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
        onValue={(value) => {
          const next = { ...point, [name]: value };
          onSetup(next, budgetsOf(scenario, next, faults));
        }}
      />
    </label>
  );
  const faultsHere = walker?.system.faults ?? [];
  const others = faultsHere.filter(({ name, times }) => (faults[name] ?? times) === 0);
  const budget = ({ name, times }: AnyAction): VNode => (
    <BudgetField
      key={`fault ${name}`}
      name={name}
      value={faults[name] ?? times}
      onValue={(value) => onSetup(point, budgetsOf(scenario, point, { ...faults, [name]: value }))}
    />
  );
  return (
    <form
      class="setup"
      aria-label="Scenario and parameters"
      onSubmit={(event) => event.preventDefault()}
    >
      {data.mode === 'explore' && data.models.length > 1 && (
        <label>
          <span>scenario</span>
          <select
            value={session.model}
            onChange={(event) => {
              location.href = `/explore/${encodeURIComponent(event.currentTarget.value)}`;
            }}
          >
            {data.models.map(({ id, name }) => (
              <option key={id} value={id}>
                {printable(name)}
              </option>
            ))}
          </select>
        </label>
      )}
      {parameters.filter(([, { advanced }]) => !advanced).map(field)}
      {faultsHere.filter(({ name, times }) => (faults[name] ?? times) > 0).map(budget)}
      {advanced.length > 0 && (
        <details class="advanced" open={changed > 0}>
          <summary>
            {advanced.length} more{' '}
            {changed === 0 ? 'parameters at their defaults' : `parameters (${changed} changed)`}
          </summary>
          <div>{advanced.map(field)}</div>
        </details>
      )}
      {others.length > 0 && (
        <details class="advanced">
          <summary>
            {others.length} {others.length === 1 ? 'fault' : 'faults'} switched off
          </summary>
          <div>{others.map(budget)}</div>
        </details>
      )}
    </form>
  );
}

/** The field for the budget of a fault. */
function BudgetField({
  name,
  value,
  onValue,
}: {
  readonly name: string;
  readonly value: number;
  readonly onValue: (value: number) => void;
}): VNode {
  return (
    <label title="How often this fault may happen in one run.">
      <span>
        fault <Name text={name} />
      </span>
      <input
        type="number"
        min={0}
        max={budgetMax}
        step={1}
        value={value}
        onChange={({ currentTarget }) => {
          const { value: text, validity } = currentTarget;
          if (text !== '' && validity.valid) onValue(Number(text));
        }}
      />
    </label>
  );
}

/** A check with a larger budget would take too long. */
const budgetMax = 99;

/** The budgets of the faults at a point that differ from the scenario's own. */
function budgetsOf(scenario: Scenario, point: AnyPoint, faults: Budgets): Budgets {
  try {
    const usual = new Map(scenario.system(point).faults?.map(({ name, times }) => [name, times]));
    return Object.fromEntries(
      Object.entries(faults).filter(
        ([name, times]) => usual.has(name) && usual.get(name) !== times,
      ),
    );
  } catch {
    // The scenario refuses the point. The page says so when it opens it.
    return {};
  }
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
