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

const overTls = ({ baseUrl }: World): URL => {
  const url = new URL(baseUrl);
  if (url.protocol !== 'https:') throw new NotGiven('an https:// address');
  return url;
};

/** @param trust what else is trusted, beside the authorities that Node knows. */
export const tlsChecks = (trust: Pick<ConnectionOptions, 'ca'> = {}): readonly Check<World>[] => [
  {
    name: 'TLS and certificate',
    run: async (world) => {
      const { protocol, validTo } = await connected(overTls(world), world.timeoutMs, trust);
      expectThat(/^TLSv1\.[23]$/.test(protocol), 'TLS 1.2 or 1.3', protocol);
      const days = Math.floor((Date.parse(validTo) - world.now()) / DAY_MS);
      expectThat(days >= LEAST_DAYS, `a certificate good for ${LEAST_DAYS} days or more`, `${days} days`);
      return `${protocol}, certificate good for ${days} days`;
    },
  },
  {
    name: 'old TLS refused',
    run: async (world) => {
      const url = overTls(world);
      const answer = await connected(url, world.timeoutMs, { ...trust, ...OLD }).catch(() => undefined);
      expectThat(answer === undefined, 'TLS 1.1 refused', answer?.protocol ?? '');
      return 'TLS 1.1 gets no connection';
    },
  },
];
