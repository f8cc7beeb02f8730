import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../infra/bundles.ts';

/** A chapter of docs/runbooks.md. */
export interface RunbookChapter {
  /** As GitHub makes it of the heading. */
  readonly anchor: string;
  readonly text: string;
  /** The alarms that it is about, by id. */
  readonly alarms: readonly string[];
}

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

const chapterOf = (part: string): RunbookChapter => {
  const [heading = ''] = part.split('\n', 1);
  const [, list = ''] = /^Alarms: (.*)$/m.exec(part) ?? [];
  return { anchor: anchorOf(heading), text: part, alarms: [...list.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id) };
};

/** The chapters, in order. */
export const runbookChapters = (): readonly RunbookChapter[] =>
  readFileSync(join(ROOT, 'docs/runbooks.md'), 'utf8').split(/^## /m).slice(1).map(chapterOf);

/** The fenced blocks of a language. */
export const blocksOf = ({ text }: RunbookChapter, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)\`\`\`$`, 'gm'))].map(([, block = '']) => block);
