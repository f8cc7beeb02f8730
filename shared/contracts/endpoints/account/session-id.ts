import * as z from 'zod/mini';

/** The id of a session: the SHA-256 of its token in hex. */
export const sessionId = z.string().check(z.regex(/^[0-9a-f]{64}$/));

export const SAMPLE_SESSION_ID = '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae';
