import type { VariableName } from '../contracts/environment.ts';
import { BUCKET_NAMES, BUCKETS, type Uses } from '../contracts/resources.ts';
import type { bucketService } from './bucket-service.ts';
import type { Environment } from './env.ts';
import type { Log } from './logger.ts';
import type { mailService } from './mail-service.ts';
import type { secretsService } from './secrets-service.ts';
import type { textService } from './text-service.ts';

/** What a function hands in because its contract declares it, so that no other bundle carries it. */
export interface Services {
  readonly mail?: typeof mailService;
  readonly sms?: typeof textService;
  readonly secrets?: typeof secretsService;
  readonly buckets?: typeof bucketService;
}

/** Both or neither: what the contract declares, and what the function hands in. */
export const requireDeclared = (id: string, uses: Uses, services: Services): void => {
  const wrong = (['mail', 'sms', 'secrets', 'buckets'] as const).filter(
    (name) => (uses[name] === undefined) !== (services[name] === undefined),
  );
  if (wrong.length > 0) {
    throw new Error(
      `The contract of ${id} and its function differ in ${wrong.join(' and ')}: declare and hand in both.`,
    );
  }
};

/** Makes of the services that were handed in what a function uses them by. */
export const callServices = (
  { mail, sms, secrets, buckets }: Services,
  uses: Uses,
  variables: Environment<VariableName>,
  log: Log,
) => ({
  ...(mail && { mailer: mail.createMailer(mail.mailClient(), variables.MAIL_FROM, log) }),
  ...(sms && { texter: sms.createTexter(sms.textClient(), log) }),
  ...(secrets &&
    uses.secrets && { secrets: secrets.createSecrets(secrets.keyService(), variables.SECRETS_KEY, uses.secrets) }),
  ...(buckets && { buckets: bucketsOf(buckets, uses, variables) }),
});

const bucketsOf = (
  { objectClient, createBucket }: typeof bucketService,
  uses: Uses,
  variables: Environment<VariableName>,
) => {
  const client = objectClient();
  const used = BUCKET_NAMES.filter((name) => uses.buckets?.[name]);
  return Object.fromEntries(used.map((name) => [name, createBucket(client, variables[BUCKETS[name].variable])]));
};
