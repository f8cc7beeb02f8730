import type { ApprovalThresholds } from '../shared/contracts/approval-thresholds.ts';
import type { NetworkName } from '../shared/contracts/networks.ts';
import type { RateLimits } from '../shared/contracts/rate-limits.ts';
import type { TransferLimits } from '../shared/contracts/transfer-limits.ts';
import type { RestoredTables } from './restored-tables.ts';
import { RULES } from './stage-rules.ts';

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
  /** Whether cookies are `Secure`; only plain http on one machine does without. */
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
  /** Requests that one address may send in 5 minutes before WAF blocks it; without it the stage has no WAF. */
  readonly wafRequestsPer5Minutes?: number;
  readonly memoryMb: number;
  /** Where functions find packages with native code: in their assets, built for Lambda, or where this repository has them. */
  readonly nativePackages: 'asset' | 'repository';
  readonly rateLimits: RateLimits;
  /** Whole years that a person must have lived to pass KYC: of age by Taiwan's Civil Code, article 12. */
  readonly minimumAge: number;
  /** The networks that crypto currencies can come in and go out by; the others of the table are off. */
  readonly networks: readonly NetworkName[];
  /** What a user can send to others in a day (of Asia/Taipei), by KYC level and asset. */
  readonly transferLimits: TransferLimits;
  /** Above which amount of an asset a deposit or adjustment takes two of the staff. */
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

/**
 * Tokyo for every stage: the nearest region to Taiwan that has had every service used here for years.
 * Taipei (ap-east-2) is nearer but opened in 2025; check SES, WAF and X-Ray there before moving, and move a
 * stage by deploying it anew: tables with a customer key do not change region.
 */
const REGION = 'ap-northeast-1';

/** Lambda gives CPU in step with memory (1,769 MB is one core), and argon2 and cold starts are CPU. */
const MEMORY_MB = 1024;

/** API Gateway's default ceilings of an account in a region; a stage with less leaves room to the others. */
const ACCOUNT_THROTTLE = { ratePerSecond: 10_000, burst: 5_000 } as const;

/** Requests a second: the reference's chapter "Rate Limits". */
const PER_SECOND = { query: { perRoute: 15, perUser: 30 }, orders: { perRoute: 75, perUser: 75 } } as const;

/** Requests of one address to one costly public route in a minute: an office behind one address logs in at nine. */
const PER_ADDRESS = 60;

/** More than a test run from one machine ever sends. */
const UNLIMITED = 1_000_000;

const TEST_LIMITS: RateLimits = {
  query: { perRoute: 300, perUser: 300 },
  orders: { perRoute: 300, perUser: 300 },
  perAddress: UNLIMITED,
};

/** Longer than the five years for which Taiwan's Money Laundering Control Act has records of transactions kept. */
const SEVEN_YEARS = 7 * 365;

/** Long enough to see that it works, short enough to get rid of a stage. */
const BRIEF = { mode: 'GOVERNANCE', days: 1 } as const;

const LOCAL: Stage = {
  name: 'local',
  region: REGION,
  allowedOrigins: ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://localhost:5173'],
  publicUrl: 'http://127.0.0.1:3000',
  frontendUrl: 'http://localhost:5173/transfer',
  mailFrom: 'no-reply@bitgin.example',
  cookieSecure: false,
  logRetentionDays: 7,
  auditRetention: BRIEF,
  protectData: false,
  throttle: ACCOUNT_THROTTLE,
  memoryMb: MEMORY_MB,
  nativePackages: 'repository',
  rateLimits: { ...PER_SECOND, perAddress: UNLIMITED },
  ...RULES,
  services: ['demo-shop'],
  priceSource: 'simulated',
};

export const STAGES: Readonly<Record<StageName, Stage>> = {
  local: LOCAL,
  // The local stage for race tests, which send more at once than any caller may.
  test: { ...LOCAL, name: 'test', rateLimits: TEST_LIMITS },
  dev: {
    name: 'dev',
    region: REGION,
    allowedOrigins: ['https://app.dev.bitgin.example', 'http://localhost:5173'],
    publicUrl: 'https://api.dev.bitgin.example',
    frontendUrl: 'https://app.dev.bitgin.example/transfer',
    mailFrom: 'no-reply@dev.bitgin.example',
    cookieSecure: true,
    logRetentionDays: 7,
    auditRetention: BRIEF,
    protectData: false,
    throttle: { ratePerSecond: 100, burst: 200 },
    wafRequestsPer5Minutes: 2_000,
    memoryMb: MEMORY_MB,
    nativePackages: 'asset',
    rateLimits: { ...PER_SECOND, perAddress: PER_ADDRESS },
    ...RULES,
    services: [],
    priceSource: 'simulated',
  },
  staging: {
    name: 'staging',
    region: REGION,
    allowedOrigins: ['https://app.staging.bitgin.example'],
    publicUrl: 'https://api.staging.bitgin.example',
    frontendUrl: 'https://app.staging.bitgin.example/transfer',
    mailFrom: 'no-reply@staging.bitgin.example',
    cookieSecure: true,
    logRetentionDays: 30,
    auditRetention: { mode: 'GOVERNANCE', days: 30 },
    protectData: true,
    throttle: { ratePerSecond: 500, burst: 500 },
    wafRequestsPer5Minutes: 2_000,
    memoryMb: MEMORY_MB,
    nativePackages: 'asset',
    rateLimits: { ...PER_SECOND, perAddress: PER_ADDRESS },
    ...RULES,
    services: [],
    priceSource: 'https://prices.staging.bitgin.example/v1/twd',
  },
  prod: {
    name: 'prod',
    region: REGION,
    allowedOrigins: ['https://app.bitgin.example'],
    publicUrl: 'https://api.bitgin.example',
    frontendUrl: 'https://app.bitgin.example/transfer',
    mailFrom: 'no-reply@bitgin.example',
    cookieSecure: true,
    logRetentionDays: 365,
    auditRetention: { mode: 'COMPLIANCE', days: SEVEN_YEARS },
    protectData: true,
    throttle: { ratePerSecond: 5_000, burst: 2_500 },
    wafRequestsPer5Minutes: 2_000,
    memoryMb: MEMORY_MB,
    nativePackages: 'asset',
    rateLimits: { ...PER_SECOND, perAddress: PER_ADDRESS },
    ...RULES,
    services: [],
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
