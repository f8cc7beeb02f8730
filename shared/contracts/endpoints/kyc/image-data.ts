import * as z from 'zod/mini';

/** What a document can be. */
export const documentType = z.enum(['image/jpeg', 'image/png', 'application/pdf']);

/** A document as it was taken. Its type is that of its content; its size in bytes is that of what was uploaded. */
export const imageData = z.object({
  contentType: documentType,
  /** `<epochMillis>.<extension>` */
  filename: z.string(),
  /** `<userId>_<epochMillis>` */
  id: z.string(),
  size: z.int(),
});

export const SAMPLE_IMAGE = {
  contentType: 'image/jpeg',
  filename: '1617789786791.jpg',
  id: '5d41402abc4b2a76b9719d911017c592_1617789786791',
  size: 61_516,
} as const;

/** One core of Lambda's: to decode, turn and encode a picture is all work of the processor. */
export const DOCUMENT_MEMORY_MB = 1_769;
