import { type ComparisonBundles, sizeOf } from './bundles.ts';
import { median } from './measure.ts';
import { digits, type Row } from './report.ts';
import type { Subject } from './subject.ts';

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} KB`;

/** Sizes of all bundles against the bare handler's; a typical one is the median. */
export const bundleSizeRows = ({ bundles }: Subject, { bare, express }: ComparisonBundles): readonly Row[] => {
  const floor = sizeOf(bare);
  const row = (item: string, size: number, bound: string): Row => ({
    item,
    measured: kilobytes(size),
    floor: kilobytes(floor),
    ratio: digits(size / floor),
    bound,
  });
  const sizes = [...bundles()].map(([id, bundle]) => [id, sizeOf(bundle)] as const).sort(([, a], [, b]) => a - b);
  return [
    row(`Size of a typical bundle (of ${sizes.length})`, median(sizes.map(([, size]) => size)), '≤ 1.3'),
    ...sizes.map(([id, size]) => row(`Size of ${id}`, size, '')),
    ...(express === undefined ? [] : [row('Size of the Express handler', sizeOf(express), '')]),
  ];
};
