import * as z from 'zod/mini';

/** 5 MiB, inclusive. */
export const LARGEST_FILE = 5 * 1024 * 1024;

/** A file of a form, of at least one byte. Name and type are what the caller says, and decide nothing. */
export const fileField = z.file().check(z.minSize(1), z.maxSize(LARGEST_FILE));
