/** At which level each alarm goes off. Times are in minutes, rates in percent, money in US dollars. */
export interface AlarmLevels {
  /** Answers of 500 and above among all answers of the public API. */
  readonly apiErrorPercent: number;
  /** Requests in five minutes below which that share says nothing, */
  readonly apiErrorRequests: number;
  /** unless so many of them failed: at night a whole outage is a few requests. */
  readonly apiErrors: number;
  /** The slowest hundredth of the public API's answers, in seconds. */
  readonly apiP99Seconds: number;
  /** How long a mail may wait in the outbox. */
  readonly outboxMinutes: number;
  /** How long a table's change may wait for the job that it starts. */
  readonly streamMinutes: number;
  /** How old the newest price of an asset may be. */
  readonly priceMinutes: number;
  /** How long ago the reconciler may have come to the end of the ledger. */
  readonly ledgerPassMinutes: number;
  /** SES reviews an account at 5 % and may stop it at 10 % ("Reputation metrics messages", SES developer guide). */
  readonly bouncePercent: number;
  /** SES reviews an account at 0.1 % and may stop it at 0.5 %. */
  readonly complaintPercent: number;
  /** Of text messages in a calendar month; below the spending limit of the account, so that there is time to raise it. */
  readonly textDollars: number;
}

/** What people watch a stage by. */
export interface Observability {
  /** Whether requests are traced by X-Ray, from the gateways through the functions. */
  readonly tracing: boolean;
  /** Who is woken: mail addresses, or https addresses of a pager. */
  readonly page: readonly string[];
  /** Who looks at it on the next working day. */
  readonly ticket: readonly string[];
  readonly levels: AlarmLevels;
}

const LEVELS: AlarmLevels = {
  apiErrorPercent: 1,
  apiErrorRequests: 50,
  apiErrors: 5,
  apiP99Seconds: 3,
  outboxMinutes: 15,
  streamMinutes: 10,
  priceMinutes: 5,
  // A ledger of up to 5.7 million items is proved within a day (shared/contracts/jobs.ts).
  ledgerPassMinutes: 26 * 60,
  bouncePercent: 4,
  complaintPercent: 0.08,
  textDollars: 400,
};

/** Alarms show on the dashboard, and reach nobody. */
export const UNWATCHED: Observability = { tracing: true, page: [], ticket: [], levels: LEVELS };

/** Somebody looks at it in working hours, whatever it is. */
export const watchedBy = (address: string): Observability => ({ ...UNWATCHED, page: [address], ticket: [address] });
