import * as z from 'zod/mini';

const wholeNumber = (most: number) => z.coerce.number().check(z.int(), z.minimum(1), z.maximum(most));

/** Entries on a page, and pages from one, as they come in a query string. */
export const pageSize = z.prefault(wholeNumber(100), 10);
export const pageNumber = z.prefault(wholeNumber(1_000_000), 1);
