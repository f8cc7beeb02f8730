/**
 * Seconds until Lambda kills a function. The handler answers 408 by itself at 27 s, so this is reached only by
 * a function that hangs; it must end before the gateway gives up, so that no work goes on for a caller who left.
 */
export const FUNCTION_TIMEOUT_SECONDS = 28;

/** Milliseconds until the gateway gives up on a function: the most that API Gateway allows without a quota request. */
export const INTEGRATION_TIMEOUT_MILLIS = 29_000;
