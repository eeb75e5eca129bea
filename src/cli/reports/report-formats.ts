import type { ReportDocument } from '../../report/document.ts';
import { type Format, formats } from '../../report/formats/formats.ts';

/** A format of a report. Writing it may take time, as the page bundles its model. */
export interface ReportFormat extends Omit<Format, 'load'> {
  readonly load: () => Promise<(document: ReportDocument) => string | Promise<string>>;
}

/**
 * Every format by its name: those that need only the report, and the page, which bundles the model.
 */
export const reportFormats: { readonly [name: string]: ReportFormat } = {
  html: {
    about: 'one page to step through, with the model in it',
    extension: 'html',
    load: async () => (await import('../page/html-report.ts')).html,
  },
  ...formats,
};
