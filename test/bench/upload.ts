import * as z from 'zod';
import { journeyOn, servedIntervals } from '../support/journey.ts';
import { photograph } from '../support/documents/pictures.ts';
import { sendImage } from '../support/kyc-documents.ts';
import { envelopeOf, startTestStack, type TestStack } from '../support/local-stack.ts';
import { median } from './measure.ts';
import { type BenchOptions, digits, type Row, typical } from './report.ts';

const ROUNDS = { quick: 3, full: 10 } as const;

/** Issue and specification: what a function may hold for an upload of 4 MB. */
const MOST_MB = 400;
const MB = 1024 * 1024;

/** Where the time of one upload goes, in milliseconds. */
interface Parts {
  readonly whole: number;
  readonly store: number;
  readonly database: number;
  /** What is left of the function's own time: the form, decoding, turning, encoding. */
  readonly picture: number;
  readonly gateway: number;
}

const sumOf = (header: string, service: RegExp): number =>
  [...header.matchAll(/aws;desc="([^"]*)";dur=([\d.]+)/g)]
    .filter(([, name = '']) => service.test(name))
    .reduce((sum, [, , milliseconds]) => sum + Number(milliseconds), 0);

const upload = async (stack: TestStack, token: string, file: Buffer): Promise<Parts> => {
  const from = stack.logs().length;
  const began = performance.now();
  const response = await sendImage(stack, token, file);
  const whole = performance.now() - began;
  if (envelopeOf(response).code !== 1) throw new Error(`The upload was answered ${response.bytes.toString()}`);
  const [served] = servedIntervals(stack.logs().slice(from), 'kyc.image');
  if (!served) throw new Error('The function logged no request.');
  const inside = served.endedAt - served.startedAt;
  const header = String(response.headers['server-timing']);
  const store = sumOf(header, /Object/);
  const database = sumOf(header, /(?:)/) - store;
  return { whole, store, database, picture: inside - store - database, gateway: whole - inside };
};

const PARTS = {
  picture: 'reading the form, decoding and encoding the picture',
  store: 'putting it into the bucket, and deleting the one before',
  database: 'DynamoDB',
  gateway: 'gateway, base64 and the way there and back',
} as const;

const rowsOf = (uploads: readonly Parts[], file: Buffer, peakBytes: number): readonly Row[] => {
  const whole = uploads.map((parts) => parts.whole);
  const ofPart = (name: keyof typeof PARTS): Row => {
    const samples = uploads.map((parts) => parts[name]);
    const share = Math.round((100 * median(samples)) / median(whole));
    return { item: `· ${PARTS[name]}`, measured: typical(samples, 'ms'), floor: '', ratio: `${share} %`, bound: '' };
  };
  const size = digits(file.length / 1_000_000);
  return [
    {
      item: `Upload of a photograph of ${size} MB and 12 million pixels, end to end`,
      measured: typical(whole, 'ms'),
      floor: '',
      ratio: '',
      bound: '',
    },
    ...(['picture', 'store', 'database', 'gateway'] as const).map(ofPart),
    {
      item: 'Most memory that its function ever held',
      measured: `${digits(peakBytes / MB)} MB`,
      floor: '',
      ratio: '',
      bound: `${MOST_MB} MB`,
    },
  ];
};

const peakOf = (stack: TestStack): number => {
  const processes = stack.stack.processes().filter(({ functionName }) => functionName.endsWith('-kyc-image'));
  return z.number().parse(Math.max(...processes.map(({ peakRssBytes }) => peakRssBytes ?? Number.NaN)));
};

/** What an upload of 4 MB takes, and where its time goes; the function runs as a process of its own. */
export const uploadRows = async ({ quick, note }: BenchOptions): Promise<readonly Row[]> => {
  note('Uploading photographs …');
  const stack = await startTestStack({ stage: 'test', functionsAs: 'processes' });
  try {
    const token = await journeyOn(stack).loggedIn();
    const file = await photograph();
    await upload(stack, token, file);
    const uploads: Parts[] = [];
    for (let round = 0; round < (quick ? ROUNDS.quick : ROUNDS.full); round += 1) {
      uploads.push(await upload(stack, token, file));
    }
    return rowsOf(uploads, file, peakOf(stack));
  } finally {
    await stack.stop();
  }
};
