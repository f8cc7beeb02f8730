import type * as z from 'zod/mini';
import { fileFieldsOf } from '../contracts/named-fields.ts';
import { RefusedError } from './outcome.ts';
import { type EndpointEvent, type Middleware, stateIn } from './request.ts';

/** A form as it was sent: text fields and files by name. */
export type Form = Readonly<Record<string, string | File>>;

/**
 * Reads a form of type multipart/form-data.
 *
 * @param files names of the fields that are files; all others are text.
 * @throws RefusedError for what is no such form, or goes over a limit.
 */
export type FormReader = (contentType: string, body: Buffer, files: readonly string[]) => Promise<Form>;

const FORM = /^multipart\/form-data(?:[;\s]|$)/i;

/** API Gateway writes binary bodies in base64. */
const bytesOf = ({ body, isBase64Encoded }: EndpointEvent): Buffer =>
  Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');

/** Parses the forms that a schema describes. Handed in by functions, so that no other bundle carries it. */
export type FormParser = (schema: z.ZodMiniObject) => Middleware;

export const formParser =
  (read: FormReader): FormParser =>
  (schema) => {
    const files = fileFieldsOf(schema);
    return {
      before: async ({ event }) => {
        const contentType = stateIn(event).headers['content-type'] ?? '';
        if (!FORM.test(contentType)) throw new RefusedError('UNSUPPORTED_MEDIA_TYPE');
        Object.assign(event, { body: await read(contentType, bytesOf(event), files) });
      },
    };
  };
