import * as z from 'zod/mini';
import type { LocalizedText } from './locale.ts';

/** What a field must look like, in words for a person; joined to the schema, kept out of the JSON Schema. */
export const fieldRules = z.registry<{ readonly rule: LocalizedText }>();
