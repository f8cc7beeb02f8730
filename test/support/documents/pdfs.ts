import { type PDFContext, PDFDict, PDFDocument, PDFName, type PDFObject, PDFString } from '@cantoo/pdf-lib';
import { deflateSync } from 'node:zlib';

export type Change = (document: PDFDocument) => unknown;

/** A document of one page, changed by the given function. `packed`: its objects are compressed together. */
export const pdf = async (change: Change = () => {}, { packed = false } = {}): Promise<Buffer> => {
  const document = await PDFDocument.create();
  document.addPage([200, 200]).drawText('Bank statement');
  await change(document);
  return Buffer.from(await document.save({ useObjectStreams: packed }));
};

const inCatalog =
  (key: string, make: (context: PDFContext) => PDFObject): Change =>
  ({ catalog, context }) =>
    catalog.set(PDFName.of(key), make(context));

const onFirstPage =
  (key: string, make: (document: PDFDocument) => PDFDict): Change =>
  (document) =>
    document.getPage(0).node.set(PDFName.of(key), document.context.obj([make(document)]));

const named = (document: PDFDocument, entries: Readonly<Record<string, string>>): PDFDict => {
  const dict = document.context.obj({});
  for (const [key, name] of Object.entries(entries)) dict.set(PDFName.of(key), PDFName.of(name));
  return dict;
};

export const withJavaScript: Change = (document) => document.addJavaScript('main', 'app.alert(1)');

export const withAttachment: Change = (document) => document.attach(Buffer.from('MZ'), 'invoice.exe');

/** Who wrote it: in the dictionary for that, and as XMP of the document and of its page, plain, packed and unnamed. */
export const withMetadata: Change = (document) => {
  const { catalog, context } = document;
  document.setCreationDate(new Date(0));
  const info = context.lookup(context.trailerInfo.Info, PDFDict);
  info.set(PDFName.of('Author'), PDFString.of('CANARY-AUTHOR'));
  const xmp = (type: object) => context.register(context.stream('<x:xmpmeta>CANARY-XMP</x:xmpmeta>', { ...type }));
  catalog.set(PDFName.of('Metadata'), xmp({ Type: 'Metadata', Subtype: 'XML' }));
  const { node } = document.getPage(0);
  node.set(PDFName.of('Metadata'), context.register(context.flateStream('CANARY-PACKED-XMP', { Type: 'Metadata' })));
  node.set(PDFName.of('PieceInfo'), xmp({}));
};

/** Runs a program when the document is opened. */
export const withLaunch: Change = (document) => {
  const action = named(document, { S: 'Launch' });
  action.set(PDFName.of('F'), PDFString.of('cmd.exe'));
  document.catalog.set(PDFName.of('OpenAction'), action);
};

/** Opens at its first page, as many programs write it. */
export const withDestination: Change = (document) =>
  document.catalog.set(PDFName.of('OpenAction'), document.context.obj([document.getPage(0).ref, 'Fit']));

export const withPageActions: Change = inCatalog('AA', (context) => context.obj({ WC: {} }));
export const withXfa: Change = inCatalog('AcroForm', (context) => context.obj({ XFA: [], Fields: [] }));
export const withPortfolio: Change = inCatalog('Collection', (context) => context.obj({}));
export const withRichMedia: Change = onFirstPage('Annots', (document) => named(document, { Subtype: 'RichMedia' }));
export const withFileAnnotation: Change = onFirstPage('Annots', (document) =>
  named(document, { Subtype: 'FileAttachment' }),
);
export const withSubmitForm: Change = onFirstPage('Annots', (document) => {
  const annotation = named(document, { Subtype: 'Link' });
  annotation.set(PDFName.of('A'), named(document, { S: 'SubmitForm' }));
  return annotation;
});
export const withLink: Change = onFirstPage('Annots', (document) => {
  const annotation = named(document, { Subtype: 'Link' });
  const action = named(document, { S: 'URI' });
  action.set(PDFName.of('URI'), PDFString.of('https://bank.example'));
  annotation.set(PDFName.of('A'), action);
  return annotation;
});

/** Readable by whoever knows the password. */
export const encrypted = (): Promise<Buffer> =>
  pdf((document) => document.encrypt({ userPassword: 'secret', ownerPassword: 'owner' }));

/** A later version of an object takes the place of an earlier one that holds a script. */
export const withOlderVersion = async (): Promise<Buffer> => {
  const hidden = '9 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n9 0 obj\n<< /Length 0 >>\nendobj\n';
  return Buffer.from((await pdf()).toString('latin1').replace(/(?=\d+ 0 obj)/, hidden), 'latin1');
};

/** The name of a script, spelt so that a search for it finds nothing. */
export const withSpeltName = async (): Promise<Buffer> => {
  const script = await pdf(withJavaScript);
  const spelt = script.toString('latin1').replaceAll('/JavaScript', '/J#61vaScript').replaceAll('/JS', '/#4aS');
  return Buffer.from(spelt, 'latin1');
};

/** The name of an action in an object of its own. */
export const withNameElsewhere = async (): Promise<Buffer> =>
  pdf((document) => {
    const action = document.context.obj({});
    action.set(PDFName.of('S'), document.context.register(PDFName.of('Launch')));
    document.catalog.set(PDFName.of('Open'), action);
  });

const HEADER = '%PDF-1.7\n';

/** What makes work for a reader: five MB, or what unpacks to more. */
const MB = 1_000_000;

const stream = (dictionary: string, contents: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`${HEADER}1 0 obj <<${dictionary}/Length ${contents.length}>> stream\n`),
    contents,
    Buffer.from('\nendstream endobj'),
  ]);

const objects = (text: string): Buffer => {
  const count = 200_000;
  const index = Array.from({ length: count }, (_, number) => `${number} 0 `).join('');
  return stream(`/Type/ObjStm/N ${count}/First 4/Filter/FlateDecode`, deflateSync(Buffer.from(index + text)));
};

/** Files that are small to send and large to read. */
export const LABORIOUS: Readonly<Record<string, () => Buffer>> = {
  'objects that unpack to 300 MB': () =>
    stream('/Type/ObjStm/N 1/First 4/Filter/FlateDecode', deflateSync(Buffer.alloc(300 * MB, ' '))),
  'objects packed twice': () =>
    stream('/Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]', deflateSync(deflateSync(Buffer.alloc(MB)))),
  'many packed objects': () => objects('<<>>'.repeat(400_000)),
  'a table of a billion objects': () => stream('/Type/XRef/Size 1000000000/W[1 1 1]', Buffer.alloc(0)),
  'a million dictionaries': () => Buffer.from(`${HEADER}1 0 obj\n[${'<<>>'.repeat(1.2 * MB)}]`),
  'a million names': () =>
    Buffer.from(`${HEADER}1 0 obj\n[${Array.from({ length: 0.6 * MB }, (_, number) => `/N${number}`).join('')}]`),
  'a number of five million digits': () => Buffer.from(HEADER + '1'.repeat(5 * MB)),
  'five million spaces': () => Buffer.from(`${HEADER}x${' '.repeat(5 * MB)}`),
  'nothing but beginnings of strings': () => Buffer.from(HEADER + 'x ('.repeat(1.6 * MB)),
  'nothing but comments': () => Buffer.from(`${HEADER}x${' %'.repeat(2.5 * MB)}`),
  'arrays in arrays': () => Buffer.from(`${HEADER}1 0 obj\n${'['.repeat(5 * MB)}`),
  'objects without an end': () =>
    Buffer.from(HEADER + Array.from({ length: 0.4 * MB }, (_, number) => `${number} 0 obj `).join('')),
  'streams in streams': () => Buffer.from(`${HEADER}1 0 obj <<>> stream\n${'stream '.repeat(0.7 * MB)}`),
};
