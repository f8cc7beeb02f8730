import type { ApprovalThresholds } from '../shared/contracts/settings/approval-thresholds.ts';
import type { NetworkName } from '../shared/contracts/networks.ts';
import type { RateLimits } from '../shared/contracts/rate-limits.ts';
import type { TextLimits } from '../shared/contracts/settings/text-limits.ts';
import type { TransferLimits } from '../shared/contracts/settings/transfer-limits.ts';
import { type Observability, UNWATCHED, watchedBy } from './observability/settings.ts';
import type { RestoredTables } from './restored-tables.ts';
import { RULES } from './stage-rules.ts';
import { BRIEF, CAPPED, ON_AWS, ON_ONE_MACHINE, SEVEN_YEARS, TEST_LIMITS } from './stage-values.ts';

/** Requests that one address may send in 5 minutes; WAF takes 10 or more. */
export interface WafLimits {
  readonly requestsPer5Minutes: number;
  /** To one route that costs something, by the id of the endpoint. */
  readonly costlyPer5Minutes: Readonly<Record<string, number>>;
}

export type Deployment = 'at-once' | 'canary' | 'linear';

/** What the stages differ in. Everything else is the same everywhere. */
export interface Stage {
  readonly name: StageName;
  readonly region: string;
  /** Origins of front-ends that may call with credentials; same registrable domain as the API, for cookies. */
  readonly allowedOrigins: readonly string[];
  /** Where people reach the public API, for links in mails; no slash at its end. The local stack puts its own there. */
  readonly publicUrl: string;
  /** The front-end's page for transfers, where links of mails end up; without a query. */
  readonly frontendUrl: string;
  /** The sender of every mail; its domain is the SES identity of the stage. */
  readonly mailFrom: string;
  /** Whether cookies are `Secure`, and answers tell browsers to come by TLS only; plain http on one machine does without. */
  readonly cookieSecure: boolean;
  readonly logRetentionDays: 7 | 30 | 365;
  /**
   * How long nobody can change or delete a copy of an audit record: with COMPLIANCE nobody at all, not even the root
   * user; with GOVERNANCE only who has the right to bypass it. It cannot be shortened for copies that exist.
   */
  readonly auditRetention: { readonly mode: 'COMPLIANCE' | 'GOVERNANCE'; readonly days: number };
  /** Whether tables and buckets outlive their stack and refuse deletion. */
  readonly protectData: boolean;
  /** Ceilings of the whole gateway, in requests per second and requests at once. Not limits per caller. */
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number };
  /** When WAF blocks an address; without it the stage has no WAF. */
  readonly waf?: WafLimits;
  /**
   * How many runs at once a function may have, by its id; it can also always have as many. Functions without a number share
   * the rest. None where the account's quota is low: Lambda refuses a reservation that leaves fewer than 100 to the rest.
   */
  readonly reservedConcurrency: Readonly<Record<string, number>>;
  /**
   * How functions of the public API change to new code: all traffic at once, a tenth of it for 5 minutes and then the
   * rest, or a tenth more each minute. The latter two go back by themselves when a route fails.
   */
  readonly deployment: Deployment;
  /** `on`: a deployment leaves the public API in maintenance; it is switched without one as well (see the runbook). */
  readonly maintenance: 'on' | 'off';
  /** Tracing, alarms and whom they call. */
  readonly observability: Observability;
  readonly memoryMb: number;
  /** Where functions find packages with native code: in their assets, built for Lambda, or where this repository has them. */
  readonly nativePackages: 'asset' | 'repository';
  readonly rateLimits: RateLimits;
  /** Text messages in a day (of Asia/Taipei): to a number, for an address, and in all. */
  readonly textLimits: TextLimits;
  /** Whole years that a person must have lived to pass KYC: of age by Taiwan's Civil Code, article 12. */
  readonly minimumAge: number;
  /** The networks that crypto currencies can come in and go out by; the others of the table are off. */
  readonly networks: readonly NetworkName[];
  /** What a user can send to others in a day (of Asia/Taipei), by KYC level and asset. */
  readonly transferLimits: TransferLimits;
  /** Above which amount of an asset, at once and in 24 hours, a deposit or adjustment takes two of the staff. */
  readonly approvalThresholds: ApprovalThresholds;
  /** Where documents are looked at for malware (see shared/kyc/images/scanner.ts): an https address, or `off`. */
  readonly documentScanner: string;
  /** Where people are looked up on lists of sanctions (see shared/kyc/screening.ts): an https address, or `off`. */
  readonly sanctionsScreening: string;
  /** Who can be paid by PAY_FOR_SERVICE: letters, digits, `_` and `-`. What is paid lies in a house account of that name. */
  readonly services: readonly string[];
  /** Where prices come from: `simulated`, or the address of a JSON array of `{base, price}` in TWD. */
  readonly priceSource: string;
  /**
   * Restored tables that functions use in place of those that the stack made (docs/runbooks.md, "Restore"). What the stack
   * made stays, for evidence and for the way back.
   */
  readonly restored?: RestoredTables;
  readonly customDomain?: { readonly name: string; readonly certificateArn: string };
}

export const STAGE_NAMES = ['local', 'test', 'dev', 'staging', 'prod'] as const;

export type StageName = (typeof STAGE_NAMES)[number];

const LOCAL: Stage = {
  ...ON_ONE_MACHINE,
  name: 'local',
  allowedOrigins: ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://localhost:5173'],
  publicUrl: 'http://127.0.0.1:3000',
  frontendUrl: 'http://localhost:5173/transfer',
  mailFrom: 'no-reply@bitgin.example',
  services: ['demo-shop'],
  priceSource: 'simulated',
};

export const STAGES: Readonly<Record<StageName, Stage>> = {
  local: LOCAL,
  // The local stage for race tests, which send more at once than any caller may.
  test: { ...LOCAL, name: 'test', rateLimits: TEST_LIMITS },
  dev: {
    ...ON_AWS,
    name: 'dev',
    allowedOrigins: ['https://app.dev.bitgin.example', 'http://localhost:5173'],
    publicUrl: 'https://api.dev.bitgin.example',
    frontendUrl: 'https://app.dev.bitgin.example/transfer',
    mailFrom: 'no-reply@dev.bitgin.example',
    logRetentionDays: 7,
    auditRetention: BRIEF,
    protectData: false,
    throttle: { ratePerSecond: 100, burst: 200 },
    reservedConcurrency: {},
    deployment: 'at-once',
    priceSource: 'simulated',
  },
  staging: {
    ...ON_AWS,
    name: 'staging',
    allowedOrigins: ['https://app.staging.bitgin.example'],
    publicUrl: 'https://api.staging.bitgin.example',
    frontendUrl: 'https://app.staging.bitgin.example/transfer',
    mailFrom: 'no-reply@staging.bitgin.example',
    logRetentionDays: 30,
    auditRetention: { mode: 'GOVERNANCE', days: 30 },
    protectData: true,
    throttle: { ratePerSecond: 500, burst: 500 },
    reservedConcurrency: CAPPED,
    deployment: 'canary',
    observability: watchedBy('operations@staging.bitgin.example'),
    priceSource: 'https://prices.staging.bitgin.example/v1/twd',
  },
  prod: {
    ...ON_AWS,
    name: 'prod',
    allowedOrigins: ['https://app.bitgin.example'],
    publicUrl: 'https://api.bitgin.example',
    frontendUrl: 'https://app.bitgin.example/transfer',
    mailFrom: 'no-reply@bitgin.example',
    logRetentionDays: 365,
    auditRetention: { mode: 'COMPLIANCE', days: SEVEN_YEARS },
    protectData: true,
    throttle: { ratePerSecond: 5_000, burst: 2_500 },
    reservedConcurrency: CAPPED,
    deployment: 'canary',
    observability: {
      ...UNWATCHED,
      page: ['on-call@bitgin.example'],
      ticket: ['operations@bitgin.example'],
    },
    textLimits: { ...RULES.textLimits, inTotal: 5_000 },
    priceSource: 'https://prices.bitgin.example/v1/twd',
  },
};

const isStageName = (value: unknown): value is StageName => STAGE_NAMES.some((name) => name === value);

/**
 * The configuration of the stage that `-c stage=…` names.
 *
 * @throws when it is missing or unknown, saying what was given and what is allowed.
 */
export const stageOf = (given: unknown): Stage => {
  if (isStageName(given)) return STAGES[given];
  const what = given === undefined ? 'No stage was given' : `Unknown stage ${JSON.stringify(given)}`;
  throw new Error(`${what}. Say which one: -c stage=${STAGE_NAMES.join('|')}`);
};

/**
 * Whether `-c deploy=…` asks for all traffic at once, this one time.
 *
 * @throws when it asks for something else, since a misspelling would deploy little by little.
 */
export const isAtOnce = (given: unknown): boolean => {
  if (given === undefined || given === 'at-once') return given === 'at-once';
  throw new Error(`Unknown way to deploy ${JSON.stringify(given)}. Leave it out, or say: -c deploy=at-once`);
};
