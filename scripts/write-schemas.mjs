// Writes the JSON Schema of report files from the schema by which they are read. Run after a build:
// npm run schemas.
import { writeFileSync } from 'node:fs';
import { reportJsonSchema } from '../dist/report/document-schema.js';

const file = new URL('../schemas/report.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
