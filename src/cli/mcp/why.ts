import { warningsOf } from '../../report/warnings.ts';
import { unknownName } from '../arguments/cli-usage-error.ts';
import { type Call, placeOf, type Reply, remember } from './call.ts';
import { facts, violation } from './describe.ts';
import { searchOne, withinCall, withReasons } from './search-point.ts';
import type { ToolArguments } from './tool-schemas.ts';

/** The tool `why`: the reasons of one counterexample, each with the runs that it speaks of. */
export async function why(asked: ToolArguments<'why'>, call: Call): Promise<Reply> {
  const { chosen, point, options } = await placeOf(asked);
  const job = { ...chosen, point };
  const all = () => withinCall(call, chosen, options);
  const { searched, problem } = await searchOne(call)(job, all, { number: 1, of: 1 });
  if (searched === undefined) return { error: problem };
  const broken = searched.result.properties.filter(({ verdict }) => verdict === 'violated');
  const wanted = asked.property ?? broken[0]?.name;
  if (wanted === undefined) {
    return {
      ...facts(searched.result, searched.seconds),
      warnings: warningsOf(searched.result),
      next: { because: 'no property is violated here: there is no counterexample to explain' },
    };
  }
  if (!broken.some(({ name }) => name === wanted)) {
    throw unknownName({
      what: `'${wanted}' is not violated here`,
      name: wanted,
      known: broken.map(({ name }) => name),
      kind: 'violated properties',
    });
  }
  const { timed, problem: unexplained } = withReasons(
    call,
    chosen,
    point,
    searched,
    options.faults,
  );
  const property = timed.result.properties.find(({ name }) => name === wanted);
  const trace = property?.trace;
  if (property === undefined || trace === undefined) return { error: problem };
  remember(call, asked.scenario, options, wanted, trace);
  const record = timed.extras?.why?.get(trace);
  return {
    scenario: asked.scenario,
    parameters: point,
    verdict: 'violated',
    ...violation(property, record?.sentences ?? []),
    meaning: (record?.reasons ?? []).map(({ text, meaning }) => `${text}: ${meaning}`),
    races: record?.races ?? [],
    ...(record?.smallest === undefined ? {} : { smallest: record.smallest }),
    ...(unexplained === undefined ? {} : { withoutReasons: unexplained.what }),
    warnings: warningsOf(timed.result),
    next: {
      because: 'the states along the counterexample; then close the race, and check again',
      tool: 'explore_from',
      arguments: {
        scenario: asked.scenario,
        parameters: point,
        ...(asked.faults === undefined ? {} : { faults: asked.faults }),
        counterexample: wanted,
        steps: Math.max(0, trace.steps.length - 1),
        seconds: asked.seconds,
      },
    },
  };
}
