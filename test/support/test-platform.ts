import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import type { RateLimits } from '../../shared/contracts/rate-limits.ts';
import { TABLE_NAMES, TABLES } from '../../shared/contracts/resources.ts';
import { mailService } from '../../shared/platform/mail-service.ts';
import { textService } from '../../shared/platform/text-service.ts';
import type { MailClient } from '../../shared/platform/mailer.ts';
import type { TextClient } from '../../shared/platform/texter.ts';
import { createFoundation, type Foundation, type Services } from '../../shared/platform/platform.ts';
import { systemRandom } from '../../shared/platform/random.ts';
import { testTable } from './engine.ts';

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
  /** While true, the provider refuses every mail. */
  refusing: boolean;
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
    code: (to) => {
      const mail = mails.findLast((candidate) => candidate.to === to);
      return /^\d{6}$/m.exec(mail?.text ?? '')?.[0] ?? '';
    },
    client: {
      send: ({ input: { Destination, Message } }) => {
        if (inbox.refusing) return Promise.reject(new Error('The provider refuses.'));
        const text = Message?.Body?.Text?.Data ?? '';
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

const ENVIRONMENT = {
  ALLOWED_ORIGINS: 'https://app.example.com',
  COOKIE_SECURE: 'true',
  RATE_LIMITS: JSON.stringify(TEST_RATE_LIMITS),
  MAIL_FROM: 'no-reply@example.com',
  ...Object.fromEntries(TABLE_NAMES.map((name) => [TABLES[name].variable, testTable(name)])),
};

export interface TestResources {
  readonly client: DynamoDBDocumentClient;
  readonly clock: TestClock;
  readonly inbox: TestInbox;
  /** Log lines as written. */
  readonly lines: string[];
}

/** The services that the endpoint declares, with the test's inbox behind them. */
const servicesOf = ({ uses }: EndpointSpec, inbox: TestInbox): Services => ({
  ...(uses.mail && { mail: { ...mailService, mailClient: () => inbox.client } }),
  ...(uses.sms && { sms: { ...textService, textClient: () => inbox.textClient } }),
});

/** The foundation of an endpoint over a test's engine, clock and inbox. */
export const testFoundation = <E extends EndpointSpec>(endpoint: E, resources: TestResources): Foundation<E['uses']> =>
  createFoundation(endpoint, servicesOf(endpoint, resources.inbox), {
    clock: resources.clock,
    random: systemRandom,
    environment: ENVIRONMENT,
    documentClient: () => resources.client,
    writeLine: (line) => resources.lines.push(line),
  });
