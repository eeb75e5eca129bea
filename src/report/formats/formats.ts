import type { ReportDocument } from '../document.ts';

/** A format in which a report can be written. */
export interface Format {
  /** One line for the help. */
  readonly about: string;
  /** The usual extension of a file in this format. */
  readonly extension: string;
  /** True where the format shows the state graph, if that is small enough. */
  readonly wantsGraph?: true;
  /**
   * Loads the function that writes the format. That function throws a NothingToShow for a report
   * without anything to write.
   */
  readonly load: () => Promise<(document: ReportDocument) => string>;
}

/** Every format, by its name. */
export const formats: { readonly [name: string]: Format } = {
  json: {
    about: 'the report itself, from which all others can be made',
    extension: 'json',
    load: async () => (await import('./json.ts')).json,
  },
  markdown: {
    about: 'for a pull request, with Mermaid diagrams',
    extension: 'md',
    load: async () => (await import('./markdown.ts')).markdown,
  },
  junit: {
    about: 'JUnit XML: a test case for each property',
    extension: 'xml',
    load: async () => (await import('./junit.ts')).junit,
  },
  sarif: {
    about: 'SARIF 2.1.0: code flows through the source of the model',
    extension: 'sarif',
    load: async () => (await import('./sarif.ts')).sarif,
  },
  github: {
    about: 'annotations of GitHub Actions on the lines of the guilty steps',
    extension: 'txt',
    load: async () => (await import('./github.ts')).github,
  },
  vitest: {
    about: 'a test file that replays the counterexamples',
    extension: 'test.ts',
    load: async () => (await import('./vitest.ts')).vitest,
  },
  svg: {
    about: 'the first counterexample as a space-time diagram',
    extension: 'svg',
    load: async () => (await import('./svg.ts')).svg,
  },
  grid: {
    about: 'all checked points as a table in SVG',
    extension: 'svg',
    load: async () => (await import('./grid.ts')).grid,
  },
  pair: {
    about: 'two points side by side in SVG, as without and with a lock',
    extension: 'svg',
    load: async () => (await import('./pair.ts')).pair,
  },
  mermaid: {
    about: 'the same as the text of a Mermaid sequence diagram',
    extension: 'mmd',
    load: async () => (await import('./mermaid.ts')).mermaid,
  },
  shiviz: {
    about: 'the counterexamples as a log with vector clocks for ShiViz',
    extension: 'log',
    load: async () => (await import('./shiviz.ts')).shiviz,
  },
  itf: {
    about: 'the first counterexample in the Informal Trace Format of Apalache and Quint',
    extension: 'itf.json',
    load: async () => (await import('./itf.ts')).itf,
  },
  dot: {
    about: 'the state graph for Graphviz, or the states of the first counterexample',
    extension: 'dot',
    wantsGraph: true,
    load: async () => (await import('./dot.ts')).dot,
  },
  aut: {
    about: 'the same graph in the Aldebaran format of mCRL2, CADP and LTSmin',
    extension: 'aut',
    wantsGraph: true,
    load: async () => (await import('./aut.ts')).aut,
  },
};
