import type { Stage } from './stages.ts';

/** What each setting of a stage decides, in a sentence. A setting without one does not compile. */
export const STAGE_CATALOGUE: Readonly<Record<keyof Stage, string>> = {
  name: 'The stage’s name, which the names of everything in it begin with.',
  region: 'The AWS region that everything of the stage lies in, people’s data included.',
  allowedOrigins: 'Front-ends that may call with credentials and upload documents from a browser.',
  publicUrl: 'Where people reach the public API, for the links in mails.',
  frontendUrl: 'The front-end’s page for transfers, where links of mails end up.',
  mailFrom: 'The sender of every mail, whose domain is the SES identity.',
  cookieSecure:
    'Whether the session cookie travels over TLS only, and answers tell browsers to come by TLS only (HSTS).',
  logRetentionDays: 'Days that logs are kept, of functions, gateways and WAF.',
  auditRetention: 'How long nobody can change or delete a copy of an audit record, and whether anybody may lift that.',
  protectData: 'Whether tables, buckets, keys and logs refuse deletion and outlive their stack.',
  throttle: 'Ceilings of the whole public gateway, not limits of a caller.',
  waf: 'Requests that one address may send in 5 minutes, in all and to each route that costs something; none without WAF.',
  reservedConcurrency: 'Runs at once that a function is kept to, and sure of.',
  observability: 'Whether requests are traced, at which levels alarms go off, and whom they call.',
  deployment: 'How the public API changes to new code: at once, or little by little with an alarm that takes it back.',
  maintenance: 'Whether a deployment leaves the public API in maintenance.',
  memoryMb: 'Memory of a function whose contract asks for no other, and CPU in step with it.',
  nativePackages: 'Where functions find packages with native code.',
  rateLimits: 'How often a session, a user and an address may ask, as code counts them.',
  textLimits: 'Text messages in a day: to a number, for an address, and in all.',
  minimumAge: 'Whole years that a person must have lived to pass KYC.',
  networks: 'Networks that crypto currencies can come in and go out by.',
  transferLimits: 'What a user can send to others in a day, by KYC level and asset.',
  approvalThresholds: 'Above which amount a deposit or an adjustment takes two of the staff.',
  documentScanner: 'Where documents are looked at for malware.',
  sanctionsScreening: 'Where people are compared with lists of sanctions.',
  restored: 'Tables restored from a backup that functions work on in place of the stage’s own.',
  services: 'Who can be paid by PAY_FOR_SERVICE.',
  priceSource: 'Where prices come from.',
  customDomain:
    'The API’s own domain, of the same site as the front-end, and its certificate; the generated host without it.',
};
