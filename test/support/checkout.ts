/** What `npm start` needs of a checkout. */
export const NEEDED_TO_START = [
  'docs',
  'functions',
  'infra',
  'shared',
  'cdk.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
] as const;
