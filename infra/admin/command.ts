import * as z from 'zod/mini';
import { describeIssue } from '../../shared/contracts/validation-texts.ts';
import { UsageError } from './errors.ts';
import type { Aws } from './failures/aws.ts';
import type { CallStaff } from './staff-client.ts';

/** What commands are given to work with. */
export interface Context {
  readonly call: CallStaff;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** AWS itself, in a region. */
  readonly aws: (region: string) => Aws;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** 128 random bits in hexadecimal. */
  readonly newId: () => string;
}

/** What a command has to tell: as data for programs, as text for people. */
export interface Report {
  readonly data: unknown;
  readonly text: string;
  /** What was asked for was done, and what it found is not as it must be: ends with code 1. */
  readonly failed?: boolean;
}

export interface Option {
  /** What stands for the value in the help, such as `<text>`. */
  readonly value: string;
  readonly help: string;
}

/** A command as the command line sees it. */
export interface Command {
  /** The words that call it, such as `users show`. */
  readonly name: string;
  readonly summary: string;
  /** Names of the words behind it, in order, all required. */
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  readonly run: (given: Readonly<Record<string, string | undefined>>, context: Context) => Promise<Report>;
}

interface Definition<S extends z.ZodMiniObject> extends Omit<Command, 'run' | 'options'> {
  readonly options?: Command['options'];
  /** Words and options by name, each as text. Usually made of the fields of the endpoint that is called. */
  readonly input: S;
  readonly run: (input: z.output<S>, context: Context) => Promise<Report>;
}

/** Declares a command; what is given to it is validated before it runs. */
export const defineCommand = <S extends z.ZodMiniObject>(definition: Definition<S>): Command => {
  const { name, summary, words, options = {}, input } = definition;
  const shown = (field: string): string => (words.includes(field) ? `<${field}>` : `--${field}`);
  return {
    name,
    summary,
    words,
    options,
    run: (given, context) => {
      const parsed = input.safeParse(given);
      if (parsed.success) return definition.run(parsed.data, context);
      const [issue] = parsed.error.issues;
      if (!issue) throw parsed.error;
      const { field, reason } = describeIssue(issue, input, 'en', given);
      const value = given[field];
      throw new UsageError(`${shown(field)}${value === undefined ? '' : ` is ${JSON.stringify(value)}`}: ${reason}.`);
    },
  };
};
