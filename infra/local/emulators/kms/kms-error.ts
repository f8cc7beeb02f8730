/** An error as KMS names it. All that the stand-in has are the caller's, and so of status 400. */
export class KmsError extends Error {
  override readonly name = 'KmsError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
