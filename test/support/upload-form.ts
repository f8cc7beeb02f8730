import * as z from 'zod';

/** What upload_url answers. */
export const uploadForm = z.object({
  url: z.string(),
  fields: z.record(z.string(), z.string()),
  id: z.string(),
  expiresAt: z.number(),
});
