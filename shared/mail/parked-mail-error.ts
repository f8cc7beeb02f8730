/** A mail was set aside, and somebody must look at it. */
export class ParkedMailError extends Error {
  override readonly name = 'ParkedMailError';
  constructor() {
    super(
      'A mail in the outbox can never be sent and was parked. Put it right and remove its parkedFor, or delete it.',
    );
  }
}
