import { inflateSync } from 'node:zlib';
import {
  type PDFContext,
  PDFDict,
  PDFName,
  PDFNull,
  type PDFObject,
  PDFParser,
  PDFRawStream,
  type PDFRef,
} from '@cantoo/pdf-lib';

/** A file that is not worth the work it would make, or hides what is in it. */
export class UnreadablePdfError extends Error {
  override readonly name = 'UnreadablePdfError';
}

/** Values of all kinds, parts of others included: a scan of many pages has some thousands. */
const MOST_VALUES = 200_000;

/** Of all compressed objects together, in bytes: text and pictures are no objects, so papers have a few hundred KB. */
const MOST_OBJECT_BYTES = 4 * 1024 * 1024;

/** How many bytes the parser may pass over, by the size of the file: one that is in order takes little more than once. */
const MOST_PASSES = 10;

/** How often it may find none where a number could be: once for each byte between objects, of which there are few. */
const MOST_MISSES = 10_000;

const NOTHING_MORE = { Filter: PDFName.of('Filter'), DecodeParms: PDFName.of('DecodeParms') } as const;

const typeOf = ({ dict }: PDFRawStream): PDFObject | undefined => dict.get(PDFName.of('Type'));

/**
 * The library's parser with bounds: how many values it makes, how much it unpacks, how often it starts over. Tables of
 * where objects are it does not believe but leaves out; every object of the file is found by reading all of it.
 */
export class BoundedPdfParser extends PDFParser {
  readonly #mostBytes: number;
  #passed = 0;
  #values = 0;
  #misses = 0;
  #unpacked = 0;

  constructor(bytes: Uint8Array) {
    super(bytes, Infinity, true);
    this.#mostBytes = MOST_PASSES * bytes.length;
  }

  /** @throws UnreadablePdfError where a bound was met. */
  override async parseDocument(): Promise<PDFContext> {
    const context = await super.parseDocument();
    this.#hold();
    return context;
  }

  override parseObject(ref?: PDFRef): PDFObject {
    this.#values += 1;
    this.#hold();
    const parsed = super.parseObject(ref);
    if (!(parsed instanceof PDFRawStream)) return parsed;
    const type = typeOf(parsed);
    if (type === PDFName.of('XRef')) return this.#trailer(parsed.dict);
    return type === PDFName.of('ObjStm') ? this.#unpack(parsed) : parsed;
  }

  /** Asked at every place between objects, and, unlike the rest, nowhere that an error would be taken for damage. */
  protected override matchKeyword(keyword: number[]): boolean {
    this.#hold();
    return super.matchKeyword(keyword);
  }

  protected override parseRawInt(): number {
    this.#misses += 1;
    const found = this.#counting(() => super.parseRawInt());
    this.#misses -= 1;
    return found;
  }

  protected override skipWhitespaceAndComments(): void {
    this.#counting(() => super.skipWhitespaceAndComments());
  }

  #counting<T>(parse: () => T): T {
    this.#hold();
    const from = this.bytes.offset();
    try {
      return parse();
    } finally {
      this.#passed += Math.max(0, this.bytes.offset() - from);
    }
  }

  #hold(): void {
    if (this.#values > MOST_VALUES || this.#passed > this.#mostBytes || this.#misses > MOST_MISSES) {
      throw new UnreadablePdfError('The file makes more work than a document may.');
    }
  }

  /** A table of where objects are: only what it says of the document as a whole is kept. */
  #trailer(dict: PDFDict): PDFObject {
    for (const key of ['Root', 'Encrypt'] as const) {
      const value = dict.get(PDFName.of(key));
      if (value) this.context.trailerInfo[key] = value;
    }
    return PDFNull;
  }

  /** Compressed objects, unpacked here so that they cannot unpack to more than they may. */
  #unpack({ dict, contents }: PDFRawStream): PDFRawStream {
    const filter = dict.get(NOTHING_MORE.Filter);
    if (dict.has(NOTHING_MORE.DecodeParms) || (filter !== undefined && filter !== PDFName.of('FlateDecode'))) {
      throw new UnreadablePdfError('Its objects are packed as no program does.');
    }
    const maxOutputLength = Math.max(1, MOST_OBJECT_BYTES - this.#unpacked);
    const bytes = filter === undefined ? contents : inflateSync(contents, { maxOutputLength });
    this.#unpacked += bytes.length;
    if (this.#unpacked > MOST_OBJECT_BYTES) throw new UnreadablePdfError('It has too many objects.');
    const plain = dict.clone(this.context);
    plain.delete(NOTHING_MORE.Filter);
    return PDFRawStream.of(plain, bytes);
  }
}
