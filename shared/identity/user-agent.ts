import Bowser from 'bowser';

export interface Client {
  /** Name and version, such as `Chrome 91.0.4472.114`; "-" where the User-Agent tells none. */
  readonly browser: string;
  readonly os: string;
}

const nameAndVersion = (name: string | undefined, version: string | undefined): string =>
  [name, version].filter(Boolean).join(' ') || '-';

/** Reads browser and operating system from a User-Agent; whatever it is, it does not throw. */
export const clientOf = (userAgent: string): Client => {
  if (userAgent === '') return { browser: '-', os: '-' };
  // oxlint-disable-next-line import/no-named-as-default-member -- Node sees the CommonJS build, without names
  const parser = Bowser.getParser(userAgent);
  const { name, version } = parser.getBrowser();
  const os = parser.getOS();
  return {
    browser: nameAndVersion(name, version),
    // Windows 10 calls itself NT 10.0; of other systems people know the number.
    os: nameAndVersion(os.name, os.name === 'Windows' ? os.versionName : os.version),
  };
};
