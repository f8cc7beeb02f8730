import { describe, expect, it } from '@jest/globals';
import { LARGEST_FILE } from '../../../shared/contracts/file-field.ts';
import { RefusedError } from '../../../shared/http/outcome.ts';
import { readMultipart } from '../../../shared/http/multipart.ts';
import { seededRandomInt } from '../../support/seeded-random.ts';

const BOUNDARY = 'x1y2';
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

const disposition = (name: string, rest = ''): string => `Content-Disposition: form-data; name="${name}"${rest}`;

interface Part {
  readonly headers: readonly string[];
  readonly body: string | Uint8Array;
}

const form = (parts: readonly Part[], boundary = BOUNDARY): Buffer =>
  Buffer.concat([
    ...parts.flatMap(({ headers, body }) => [
      Buffer.from(`--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`, 'latin1'),
      Buffer.from(body),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);

const field = (name: string, body: string | Uint8Array, ...headers: readonly string[]): Part => ({
  headers: [disposition(name), ...headers],
  body,
});

const file = (body: string | Uint8Array, filename = 'a.png'): Part => ({
  headers: [disposition('file', `; filename="${filename}"`), 'Content-Type: image/png'],
  body,
});

const read = (body: Buffer, type = TYPE) => readMultipart(type, body, ['file']);

const bytesOf = async (value: string | File | undefined): Promise<Buffer> => {
  if (!(value instanceof File)) throw new Error('That is no file.');
  return Buffer.from(await value.arrayBuffer());
};

const refused = async (body: Buffer, type = TYPE): Promise<string> => {
  try {
    await read(body, type);
    return 'read';
  } catch (error) {
    return error instanceof RefusedError ? error.outcome.code : String(error);
  }
};

/** Every character of RFC 2046, and the most there may be of them. */
const ODD_BOUNDARIES = ["'()+_,-./:=?", 'a b', 'x'.repeat(70), '-', '--', '0', "----'WebKit:Form=Boundary?"];

describe('a form', () => {
  it('gives fields as text and files as they were sent', async () => {
    const every = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    const found = await read(form([field('type', '1'), file(every), field('lang', 'en')]));
    expect(found).toMatchObject({ type: '1', lang: 'en' });
    expect((await bytesOf(found['file'])).equals(Buffer.from(every))).toBe(true);
  });

  it.each(ODD_BOUNDARIES)('is read with the boundary %s', async (boundary) => {
    const body = form([field('type', '1'), file('x')], boundary);
    expect(await read(body, `multipart/form-data; boundary="${boundary}"`)).toMatchObject({ type: '1' });
    expect(await read(body, `Multipart/Form-Data; charset=utf-8; BOUNDARY="${boundary}"`)).toMatchObject({ type: '1' });
  });

  it('is read with what stands before and after it', async () => {
    const body = Buffer.concat([Buffer.from('preamble\r\n'), form([field('type', '1')]), Buffer.from('epilogue\r\n')]);
    expect(await read(body)).toEqual({ type: '1' });
  });

  it.each([
    ['utf-8', Buffer.from('臺灣')],
    ['UTF-16LE', Buffer.from('臺灣', 'utf16le')],
  ])('is read in %s', async (charset, bytes) => {
    const part = field('name', bytes, `Content-Type: text/plain; charset=${charset}`);
    expect(await read(form([part]))).toEqual({ name: '臺灣' });
  });

  it.each(['us-ascii', 'iso-8859-1', 'big5', 'gb18030', 'shift_jis', 'x-unknown'])(
    'is read in %s, whose digits are the same',
    async (charset) => {
      const part = field('type', '1', `Content-Type: text/plain; charset="${charset}"`);
      expect(await read(form([part]), `${TYPE}; charset=${charset}`)).toEqual({ type: '1' });
    },
  );

  it('may name its file in any charset, or not at all', async () => {
    const big5 = Buffer.from([0xa7, 0xda, 0x5c]).toString('latin1');
    for (const part of [file('x', big5), { headers: [disposition('file')], body: 'x' }]) {
      expect((await bytesOf((await read(form([part])))['file'])).toString()).toBe('x');
    }
  });

  it('tells that a file is too large by one byte more than the largest', async () => {
    for (const [sent, kept] of [[LARGEST_FILE, LARGEST_FILE] as const, [LARGEST_FILE + 9, LARGEST_FILE + 1] as const]) {
      const found = (await read(form([file(Buffer.alloc(sent))])))['file'];
      expect((await bytesOf(found)).length).toBe(kept);
    }
  });

  it('names nothing but its own', async () => {
    const found = await read(form([field('__proto__', '1'), field('constructor', '2')]));
    expect(Object.entries(found)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });
});

const many = (count: number, make: (index: number) => Part): Buffer =>
  form(Array.from({ length: count }, (_, index) => make(index)));

const BROKEN: Readonly<Record<string, Buffer>> = {
  nothing: Buffer.alloc(0),
  'no boundary in the body': Buffer.from('type=1'),
  'no end': form([field('type', '1')]).subarray(0, -8),
  'no end of a header': Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="type"`),
  'no end of a file': form([file('x'.repeat(100))]).subarray(0, 120),
  'a field twice': form([field('type', '1'), field('type', '2')]),
  'a file twice': form([file('x'), file('y')]),
  'three files': form([file('x'), file('y'), file('z')]),
  'a part without a name': form([{ headers: ['Content-Disposition: form-data'], body: 'x' }]),
  'a name of 101 characters': form([field('n'.repeat(101), '1')]),
  'a field of over 4 KB': form([field('type', '1'.repeat(4_097))]),
  '21 fields': many(21, (index) => field(`f${index}`, '1')),
};

describe('a broken form', () => {
  it.each(Object.entries(BROKEN))('is refused: %s', async (_name, body) => {
    expect(await refused(body)).toBe('INVALID_FORM');
  });

  it.each(['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=""', 'nonsense'])(
    'is refused by its type: %s',
    async (type) => {
      expect(await refused(form([field('type', '1')]), type)).toBe('INVALID_FORM');
    },
  );

  it('is read or refused, whatever becomes of it on the way', async () => {
    const draw = seededRandomInt(5);
    const whole = form([field('type', '1'), file('x'.repeat(50)), field('lang', 'en')]);
    const outcomes = new Set<string>();
    for (let round = 0; round < 2_000; round += 1) {
      const body = Buffer.from(whole);
      for (let change = 0; change <= draw(4); change += 1) {
        body[draw(body.length)] = [13, 10, 45, 0, 255, 34, 58][draw(7)] ?? 0;
      }
      outcomes.add(await refused(body.subarray(0, whole.length - draw(3) * draw(whole.length / 3))));
    }
    expect([...outcomes].toSorted()).toEqual(['INVALID_FORM', 'read']);
  });
});
