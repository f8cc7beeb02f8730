import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { STAGES } from '../../infra/stages.ts';
import { effectiveUses } from '../../shared/contracts/effective-uses.ts';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import type { JobSpec } from '../../shared/contracts/jobs.ts';
import type { RateLimits } from '../../shared/contracts/rate-limits.ts';
import type { TextLimits } from '../../shared/contracts/settings/text-limits.ts';
import { BUCKET_NAMES, BUCKETS, TABLE_NAMES, TABLES, type Uses } from '../../shared/contracts/resources.ts';
import type { BucketService } from '../../shared/platform/bucket-service.ts';
import { mailService } from '../../shared/platform/mail-service.ts';
import { textService } from '../../shared/platform/text-service.ts';
import type { MailClient } from '../../shared/platform/mailer.ts';
import type { TextClient } from '../../shared/platform/texter.ts';
import { createJobFoundation, type JobFoundation } from '../../shared/platform/job-foundation.ts';
import { createFoundation, type Foundation, type Resources } from '../../shared/platform/platform.ts';
import type { Services } from '../../shared/platform/services.ts';
import { systemRandom } from '../../shared/platform/random.ts';
import { fingerprintsService } from '../../shared/platform/fingerprints-service.ts';
import { secretsService } from '../../shared/platform/secrets-service.ts';
import { testTable } from './engine.ts';
import { testKeyService, testMacService } from './key-service.ts';

/** A clock that a test sets and moves. */
export interface TestClock {
  readonly now: () => number;
  readonly advance: (milliseconds: number) => void;
}

export const testClock = (start = Date.UTC(2026, 0, 1)): TestClock => {
  let time = start;
  return {
    now: () => time,
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
};

/** An inbox in place of SES. */
export interface TestInbox {
  readonly mails: { readonly to: string; readonly subject: string; readonly text: string }[];
  /** While true, the provider takes nothing. */
  refusing: boolean;
  /** While set, the provider says this of every mail, in SES's words. */
  rejecting: string | undefined;
  /** Called for every mail that the provider takes. */
  onMail: () => void;
  /** The six digits of the newest mail to that address. */
  readonly code: (to: string) => string;
  readonly client: MailClient;
  /** In place of SNS. */
  readonly texts: { readonly to: string; readonly text: string }[];
  readonly textClient: TextClient;
}

export const testInbox = (): TestInbox => {
  const mails: TestInbox['mails'] = [];
  const texts: TestInbox['texts'] = [];
  const inbox: TestInbox = {
    mails,
    texts,
    textClient: {
      send: ({ input }) => {
        if (inbox.refusing) return Promise.reject(new Error('The provider refuses.'));
        texts.push({ to: input.PhoneNumber ?? '', text: input.Message ?? '' });
        return Promise.resolve();
      },
    },
    refusing: false,
    rejecting: undefined,
    onMail: () => {},
    code: (to) => {
      const mail = mails.findLast((candidate) => candidate.to === to);
      return /^\d{6}$/m.exec(mail?.text ?? '')?.[0] ?? '';
    },
    client: {
      send: ({ input: { Destination, Message } }) => {
        if (inbox.refusing) return Promise.reject(new Error('The provider refuses.'));
        if (inbox.rejecting) return Promise.reject(Object.assign(new Error('No.'), { name: inbox.rejecting }));
        const text = Message?.Body?.Text?.Data ?? '';
        inbox.onMail();
        mails.push({ to: Destination?.ToAddresses?.join() ?? '', subject: Message?.Subject?.Data ?? '', text });
        return Promise.resolve();
      },
    },
  };
  return inbox;
};

/** The numbers of the reference per session and user, and few per address so that a test can meet them. */
export const TEST_RATE_LIMITS: RateLimits = {
  query: { perRoute: 15, perUser: 30 },
  orders: { perRoute: 75, perUser: 75 },
  perAddress: 5,
};

/** Few enough for a test to meet them, and more than any other test sends. */
export const TEST_TEXT_LIMITS: TextLimits = { perNumber: 5, perAddress: 60, inTotal: 80 };

const ENVIRONMENT = {
  ALLOWED_ORIGINS: 'https://app.example.com',
  COOKIE_SECURE: 'true',
  RATE_LIMITS: JSON.stringify(TEST_RATE_LIMITS),
  MAIL_FROM: 'no-reply@example.com',
  MAIL_CONFIGURATION_SET: 'test',
  PUBLIC_URL: 'https://api.example.com',
  SECRETS_KEY: 'alias/test-secrets',
  FINGERPRINTS_KEY: 'alias/test-fingerprints',
  MINIMUM_AGE: '18',
  FRONTEND_URL: 'https://app.example.com/transfer',
  TEXT_LIMITS: JSON.stringify(TEST_TEXT_LIMITS),
  TRANSFER_LIMITS: JSON.stringify(STAGES.local.transferLimits),
  APPROVAL_THRESHOLDS: JSON.stringify(STAGES.local.approvalThresholds),
  NETWORKS: 'USDT-ERC20,USDT-TRC20,ETH',
  SERVICES: 'test-shop,other-shop',
  DOCUMENT_SCANNER: 'off',
  SANCTIONS_SCREENING: 'off',
  MALLOC_ARENA_MAX: '1',
  METRICS_NAMESPACE: 'BitGin/test',
  ...Object.fromEntries(TABLE_NAMES.map((name) => [TABLES[name].variable, testTable(name)])),
  ...Object.fromEntries(BUCKET_NAMES.map((name) => [BUCKETS[name].variable, `test-${BUCKETS[name].purpose}`])),
};

export interface TestResources {
  readonly client: DynamoDBDocumentClient;
  readonly clock: TestClock;
  readonly inbox: TestInbox;
  /** Log lines as written. */
  readonly lines: string[];
  /** In place of S3, where a test needs it. */
  readonly buckets?: BucketService;
}

/** The services that are declared, with the test's inbox behind them. */
const servicesOf = (uses: Uses, { inbox, buckets }: TestResources): Services => ({
  ...(uses.buckets && buckets && { buckets }),
  ...(uses.mail && { mail: { ...mailService, mailClient: () => inbox.client } }),
  ...(uses.secrets && { secrets: { ...secretsService, keyService: testKeyService } }),
  ...(uses.fingerprints && { fingerprints: { ...fingerprintsService, macService: testMacService } }),
  ...(uses.sms && { sms: { ...textService, textClient: () => inbox.textClient } }),
});

const given = ({ client, clock, lines }: TestResources): Partial<Resources> => ({
  clock,
  random: systemRandom,
  environment: ENVIRONMENT,
  documentClient: () => client,
  writeLine: (line) => lines.push(line),
});

/** The foundation of an endpoint over a test's engine, clock and inbox. */
export const testFoundation = <E extends EndpointSpec>(endpoint: E, resources: TestResources): Foundation<E['uses']> =>
  createFoundation(endpoint, servicesOf(effectiveUses(endpoint), resources), given(resources));

/** The foundation of a job, likewise. */
export const testJobFoundation = <J extends JobSpec>(job: J, resources: TestResources): JobFoundation<J> =>
  createJobFoundation(job, servicesOf(job.uses, resources), given(resources));
