import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { type Check, expectThat, NotGiven } from '../check.ts';
import type { World } from '../world.ts';

/** Certificate Manager renews 60 days ahead; with less than this left somebody has to look. */
const LEAST_DAYS = 21;

const DAY_MS = 86_400_000;

/** What is said of a connection that was not refused. */
interface Connected {
  readonly protocol: string;
  readonly validTo: string;
}

/** Connects and closes. Rejects with what refused it. */
const connected = (url: URL, timeoutMs: number, options: ConnectionOptions): Promise<Connected> => {
  const { promise, resolve, reject } = Promise.withResolvers<Connected>();
  const { hostname: host, port } = url;
  const socket: TLSSocket = connect({ host, servername: host, port: Number(port || 443), ...options }, () => {
    resolve({ protocol: socket.getProtocol() ?? 'none', validTo: socket.getPeerCertificate().valid_to });
    socket.destroy();
  });
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no TLS in ${timeoutMs / 1000} s`)));
  socket.once('error', reject);
  return promise;
};

/** Without this OpenSSL would refuse old versions by itself, whatever the server thinks. */
const OLD: ConnectionOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };

/** Where the API answers, and the staff API where that was given. */
const overTls = ({ baseUrl, staffUrl = baseUrl }: World): readonly URL[] => {
  const urls = [...new Set([baseUrl, staffUrl])].map((given) => new URL(given));
  if (urls.some(({ protocol }) => protocol !== 'https:')) throw new NotGiven('https:// addresses');
  return urls;
};

/** @param trust what else is trusted, beside the authorities that Node knows. */
export const tlsChecks = (trust: Pick<ConnectionOptions, 'ca'> = {}): readonly Check<World>[] => [
  {
    name: 'TLS and certificate',
    run: async (world) => {
      const seen: string[] = [];
      for (const url of overTls(world)) {
        const { protocol, validTo } = await connected(url, world.timeoutMs, trust);
        expectThat(/^TLSv1\.[23]$/.test(protocol), 'TLS 1.2 or 1.3', `${protocol} at ${url.host}`);
        const days = Math.floor((Date.parse(validTo) - world.now()) / DAY_MS);
        const given = `${days} days at ${url.host}`;
        expectThat(days >= LEAST_DAYS, `a certificate good for ${LEAST_DAYS} days or more`, given);
        seen.push(`${protocol}, certificate good for ${days} days`);
      }
      return seen.join('; staff: ');
    },
  },
  {
    name: 'old TLS refused',
    run: async (world) => {
      for (const url of overTls(world)) {
        const answer = await connected(url, world.timeoutMs, { ...trust, ...OLD }).catch(() => undefined);
        expectThat(answer === undefined, 'TLS 1.1 refused', `${answer?.protocol ?? ''} at ${url.host}`);
      }
      return 'TLS 1.1 gets no connection';
    },
  },
];
