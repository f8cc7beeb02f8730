/** The variable of the public gateway's stage that puts the API into maintenance while it is `on`. */
export const MAINTENANCE_VARIABLE = 'maintenance';

/** Whether the stage variables that came with a request say so. */
export const isMaintenance = (stageVariables: Readonly<Record<string, string | undefined>> | null): boolean =>
  stageVariables?.[MAINTENANCE_VARIABLE] === 'on';

/** Seconds until it is worth asking again (`Retry-After`): what is moved or repaired takes minutes, not seconds. */
export const MAINTENANCE_RETRY_SECONDS = 300;
