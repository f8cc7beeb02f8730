import { type ComparisonBundles, sizeOf } from './bundles.ts';
import { median } from './measure.ts';
import { digits, type Row } from './report.ts';
import type { Subject } from './subject.ts';

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} KB`;

/** The endpoint whose cold start is measured too. */
const TYPICAL = 'account.user';

/** Sizes of all bundles against the bare handler's. */
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
    ...sizes.map(([id, size]) => row(`Size of ${id}`, size, id === TYPICAL ? '≤ 1.3' : '')),
    row(`Median size of ${sizes.length} bundles`, median(sizes.map(([, size]) => size)), ''),
    ...(express === undefined ? [] : [row('Size of the Express handler', sizeOf(express), '')]),
  ];
};
