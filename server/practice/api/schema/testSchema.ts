import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSchema } from '../../../../scripts/generateSchema.mjs';
import { loadSchema } from './load';
import type { Schema } from './schema';

let loaded: Schema | undefined;

/** The schema for tests, made in the temporary folder when it is not there or not current. */
export function schemaForTests(): Schema {
  if (!loaded) {
    const file = join(tmpdir(), 'ordinal-schema.json');
    generateSchema(file);
    loaded = loadSchema(file);
  }
  return loaded;
}
