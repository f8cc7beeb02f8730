import type { RateLimits } from '../shared/contracts/rate-limits.ts';
import { UNWATCHED } from './observability/settings.ts';
import { RULES } from './stage-rules.ts';

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

export const TEST_LIMITS: RateLimits = {
  query: { perRoute: 300, perUser: 300 },
  orders: { perRoute: 300, perUser: 300 },
  perAddress: UNLIMITED,
};

/** Longer than the five years for which Taiwan's Money Laundering Control Act has records of transactions kept. */
export const SEVEN_YEARS = 7 * 365;

/** Long enough to see that it works, short enough to get rid of a stage. */
export const BRIEF = { mode: 'GOVERNANCE', days: 1 } as const;

const EVERYWHERE = { region: REGION, memoryMb: MEMORY_MB, maintenance: 'off', ...RULES } as const;

/** What the stages on one machine share. */
export const ON_ONE_MACHINE = {
  ...EVERYWHERE,
  cookieSecure: false,
  logRetentionDays: 7,
  auditRetention: BRIEF,
  protectData: false,
  throttle: ACCOUNT_THROTTLE,
  reservedConcurrency: {},
  observability: { ...UNWATCHED, tracing: false },
  deployment: 'at-once',
  nativePackages: 'repository',
  rateLimits: { ...PER_SECOND, perAddress: UNLIMITED },
  textLimits: { perNumber: UNLIMITED, perAddress: UNLIMITED, inTotal: UNLIMITED },
} as const;

/**
 * Requests of one address in 5 minutes. Code counts the costly routes by the minute (`perAddress`), at the price of a
 * write each; these end what is far beyond before it costs anything, and are below five times that where a request sends
 * a mail or a message, so that nobody keeps the pace up.
 */
const WAF = {
  requestsPer5Minutes: 2_000,
  costlyPer5Minutes: {
    'auth.register': 100,
    'auth.apply-verification-code': 100,
    'account.forget-password': 100,
    'kyc.check-mobile': 100,
    'auth.login': 250,
    'auth.verify': 250,
    'account.freeze': 250,
    'auth.captcha-image': 250,
  },
} as const;

/** What the stages on AWS share. */
export const ON_AWS = {
  ...EVERYWHERE,
  cookieSecure: true,
  waf: WAF,
  observability: UNWATCHED,
  nativePackages: 'asset',
  rateLimits: { ...PER_SECOND, perAddress: PER_ADDRESS },
  services: [],
} as const;

/**
 * What callers without an account can start that costs most: a password hash (19 MiB, 20 ms of a core), a picture drawn,
 * a photo decoded (up to 25 megapixels). A flood of these is refused at their own ceiling and leaves the rest of the
 * account's concurrency (1,000 by default, of which Lambda lets nobody reserve the last 100) to money and to everybody else.
 */
export const CAPPED = {
  'auth.login': 100,
  'auth.register': 50,
  'auth.captcha-image': 50,
  'account.forget-password': 50,
  'kyc.image': 50,
  'kyc.image-complete': 50,
  'kyc.apply-level-3': 25,
} as const;
