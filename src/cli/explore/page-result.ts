import type { PageResult, PageTrace } from '../../explorer/page-data.ts';
import type { PropertyRecord, ResultRecord, TraceRecord } from '../../report/document.ts';

/** The part of a result that a page shows. */
export function pagePart(result: ResultRecord): PageResult {
  const { ledger: _ledger, graph: _graph, generated: _generated, ...shown } = result;
  return shown;
}

/** The same with runs only in words, for a page that has the model and can follow them. */
export function inWords(result: ResultRecord): PageResult {
  const properties = result.properties.map(({ trace, others: _, ...property }: PropertyRecord) => ({
    ...property,
    ...(trace === undefined ? {} : { trace: wordsOnly(trace) }),
  }));
  return { ...pagePart(result), properties };
}

function wordsOnly({ initIndex, words, loopsTo, why }: TraceRecord): PageTrace {
  return {
    initIndex,
    words,
    ...(loopsTo === undefined ? {} : { loopsTo }),
    ...(why === undefined ? {} : { why }),
  };
}
