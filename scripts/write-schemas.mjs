// Writes the JSON Schemas of reports and of the atlas. Run after a build: npm run schemas.
import { writeFileSync } from 'node:fs';
import { atlasJsonSchema } from '../dist/atlas/schema.js';
import { reportJsonSchema } from '../dist/report/document-schema.js';

const file = new URL('../schemas/report.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);

const atlas = new URL('../schemas/atlas.schema.json', import.meta.url);
writeFileSync(atlas, `${JSON.stringify(atlasJsonSchema(), null, 2)}\n`);
