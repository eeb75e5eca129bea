import type { ReportDocument } from '../../report/document.ts';
import { type Format, formats } from '../../report/formats/formats.ts';

/** A form in which a report can be written, which may take a while. */
export interface ReportFormat extends Omit<Format, 'load'> {
  readonly load: () => Promise<(document: ReportDocument) => string | Promise<string>>;
}

/**
 * Every form by its name: those that are functions of the report alone, and the page, which bundles
 * the model.
 */
export const reportFormats: { readonly [name: string]: ReportFormat } = {
  html: {
    about: 'one page to step through, with the model in it',
    extension: 'html',
    load: async () => (await import('../page/html-report.ts')).html,
  },
  ...formats,
};
