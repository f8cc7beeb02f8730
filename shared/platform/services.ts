import type { VariableName } from '../contracts/environment.ts';
import { BUCKET_NAMES, BUCKETS, type Uses } from '../contracts/resources.ts';
import type { BucketService } from './bucket-service.ts';
import type { Environment } from './env.ts';
import type { fingerprintsService } from './fingerprints-service.ts';
import type { Log } from './logger.ts';
import type { mailService } from './mail-service.ts';
import type { secretsService } from './secrets-service.ts';
import type { textService } from './text-service.ts';

/** What a function hands in because its contract declares it, so that no other bundle carries it. */
export interface Services {
  readonly mail?: typeof mailService;
  readonly sms?: typeof textService;
  readonly secrets?: typeof secretsService;
  readonly fingerprints?: typeof fingerprintsService;
  readonly buckets?: BucketService;
}

/** Both or neither: what the contract declares, and what the function hands in. */
export const requireDeclared = (id: string, uses: Uses, services: Services): void => {
  const wrong = (['mail', 'sms', 'secrets', 'fingerprints', 'buckets'] as const).filter(
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
  { mail, sms, secrets, fingerprints, buckets }: Services,
  uses: Uses,
  variables: Environment<VariableName>,
  log: Log,
) => ({
  ...(mail && {
    mailer: mail.createMailer(
      mail.mailClient(),
      { from: variables.MAIL_FROM, configurationSet: variables.MAIL_CONFIGURATION_SET },
      log,
    ),
  }),
  ...(sms && { texter: sms.createTexter(sms.textClient(), log) }),
  ...(secrets &&
    uses.secrets && { secrets: secrets.createSecrets(secrets.keyService(), variables.SECRETS_KEY, uses.secrets) }),
  ...(fingerprints &&
    uses.fingerprints && {
      fingerprints: fingerprints.createFingerprints(
        fingerprints.macService(),
        variables.FINGERPRINTS_KEY,
        uses.fingerprints,
      ),
    }),
  ...(buckets && { buckets: bucketsOf(buckets, uses, variables) }),
});

/** The declared buckets; what was handed in must be able to do what is declared of them. */
const bucketsOf = (service: BucketService, uses: Uses, variables: Environment<VariableName>) => {
  const open = service.open();
  return Object.fromEntries(
    BUCKET_NAMES.flatMap((name) => {
      const actions = uses.buckets?.[name];
      if (!actions) return [];
      const bucket = open(variables[BUCKETS[name].variable]);
      const missing = actions.filter((action) => bucket[action] === undefined);
      if (missing.length > 0)
        throw new Error(`The service of buckets cannot ${missing.join(', ')}: hand in the signing one.`);
      return [[name, bucket] as const];
    }),
  );
};
