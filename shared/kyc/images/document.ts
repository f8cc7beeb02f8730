/** What a document can be, by its content. */
export type DocumentType = 'image/jpeg' | 'image/png' | 'application/pdf';

export const EXTENSIONS: Readonly<Record<DocumentType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/pdf': 'pdf',
};

/** A document that was looked through and written anew: nothing of what was uploaded is in it that was not understood. */
export interface Document {
  readonly contentType: DocumentType;
  readonly bytes: Uint8Array;
}

/** Understands documents of some types; `undefined` for what is none of them, or none that can be accepted. */
export type ReadDocument = (bytes: Uint8Array) => Promise<Document | undefined>;
