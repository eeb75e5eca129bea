import type { Result, Trace } from '../../checker/result.ts';
import type { PageResult, PageTrace } from '../../explorer/page-data.ts';

/** A result as the page wants it: runs only in words, as the model in the page can follow them. */
export function pageResult(result: Result, seconds: number): PageResult {
  const { scenario, parameters, verdict, complete, because, states, levels } = result;
  return {
    scenario,
    parameters,
    verdict,
    asExpected: result.asExpected ?? null,
    complete,
    because,
    states,
    levels,
    seconds: Math.round(seconds * 1000) / 1000,
    properties: result.properties.map((property) => ({
      name: property.name,
      kind: property.kind,
      verdict: property.verdict,
      because: property.because,
      ...(property.trace === undefined ? {} : { trace: inWords(property.trace) }),
    })),
  };
}

function inWords({ initIndex, words, loopsTo }: Trace): PageTrace {
  return { initIndex, words, ...(loopsTo === undefined ? {} : { loopsTo }) };
}
