import {
  PDFArray,
  PDFCatalog,
  type PDFContext,
  PDFDict,
  PDFInvalidObject,
  PDFName,
  type PDFObject,
  PDFPageLeaf,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from '@cantoo/pdf-lib';

const namesOf = (...names: readonly string[]): ReadonlySet<PDFObject> => new Set(names.map((name) => PDFName.of(name)));

/** Keys under which a document keeps what runs, what it brings along, and what leads out of it (ISO 32000-2). */
const ACTIVE_KEYS = namesOf('AA', 'AF', 'Collection', 'EF', 'EmbeddedFiles', 'JS', 'JavaScript', 'RichMedia', 'XFA');

/** Actions, annotations and objects that do so, by their names. Links to pages and to addresses are none of them. */
const ACTIVE_NAMES = namesOf(
  '3D',
  'EmbeddedFile',
  'FileAttachment',
  'GoTo3DView',
  'GoToE',
  'GoToR',
  'ImportData',
  'JavaScript',
  'Launch',
  'Movie',
  'Rendition',
  'RichMedia',
  'RichMediaExecute',
  'Screen',
  'Sound',
  'SubmitForm',
);

const NAMING_KEYS = ['S', 'Subtype', 'Type'].map((name) => PDFName.of(name));

/** What says who made a document, when and where. */
const METADATA_KEYS = ['LastModified', 'Metadata', 'PieceInfo'].map((name) => PDFName.of(name));

const OPEN_ACTION = PDFName.of('OpenAction');

/** Opening at a page is no action. */
const onlyShowsPage = (action: PDFObject | undefined): boolean =>
  action === undefined ||
  action instanceof PDFArray ||
  (action instanceof PDFDict &&
    action.lookup(PDFName.of('S')) === PDFName.of('GoTo') &&
    !action.has(PDFName.of('Next')));

/** A stream whose contents are in another file. */
const isElsewhere = (dict: PDFDict): boolean => dict.has(PDFName.of('F')) || dict.has(PDFName.of('FFilter'));

const isActive = (dict: PDFDict): boolean =>
  dict.keys().some((key) => ACTIVE_KEYS.has(key)) ||
  NAMING_KEYS.some((key) => {
    const name = dict.get(key);
    // Who writes a name somewhere else does so to hide it.
    return name instanceof PDFRef || (name !== undefined && ACTIVE_NAMES.has(name));
  }) ||
  !onlyShowsPage(dict.lookup(OPEN_ACTION));

const partsOf = (value: PDFObject): readonly PDFObject[] => {
  if (value instanceof PDFArray) return value.asArray();
  if (value instanceof PDFDict) return value.values();
  return value instanceof PDFStream ? [value.dict] : [];
};

const isRefused = (value: PDFObject): boolean =>
  value instanceof PDFInvalidObject ||
  (value instanceof PDFStream && isElsewhere(value.dict)) ||
  (value instanceof PDFDict && isActive(value));

/** Every value of the document, those in other values included. */
const valuesOf = (context: PDFContext): readonly PDFObject[] => {
  const values = context.enumerateIndirectObjects().map(([, value]) => value);
  // The list grows while it is walked; values hold each other by reference only, so that it ends.
  for (const value of values) values.push(...partsOf(value));
  return values;
};

const isDocument = (context: PDFContext, values: readonly PDFObject[]): boolean =>
  context.lookup(context.trailerInfo.Root) instanceof PDFCatalog &&
  values.some((value) => value instanceof PDFPageLeaf);

/** Whether the document has pages, can be read by anybody, and holds nothing that runs or is brought along. */
export const isHarmless = (context: PDFContext): boolean => {
  const values = valuesOf(context);
  return context.trailerInfo.Encrypt === undefined && isDocument(context, values) && !values.some(isRefused);
};

const isMetadata = (value: PDFObject): boolean =>
  value instanceof PDFRawStream && value.dict.get(PDFName.of('Type')) === PDFName.of('Metadata');

/** The objects that the document is made of: what nothing leads to from its root is not shown, whatever it holds. */
const reachable = (context: PDFContext): ReadonlySet<PDFRef> => {
  const found = new Set<PDFRef>();
  const values: PDFObject[] = context.trailerInfo.Root ? [context.trailerInfo.Root] : [];
  // The list grows while it is walked; every reference is followed once, so that it ends.
  for (const value of values) {
    if (!(value instanceof PDFRef)) values.push(...partsOf(value));
    else if (!found.has(value)) {
      found.add(value);
      const target = context.lookup(value);
      if (target) values.push(target);
    }
  }
  return found;
};

/** Takes out of the document what is not shown: who made it, when and where, and whatever nothing refers to. */
export const strip = (context: PDFContext): void => {
  const { Root } = context.trailerInfo;
  context.trailerInfo = Root ? { Root } : {};
  for (const value of valuesOf(context)) {
    if (value instanceof PDFDict) for (const key of METADATA_KEYS) value.delete(key);
  }
  const shown = reachable(context);
  for (const [ref, value] of context.enumerateIndirectObjects()) {
    if (!shown.has(ref) || isMetadata(value)) context.delete(ref);
  }
};
