import type { Locale } from '../contracts/locale.ts';
import type { Mail } from '../platform/mailer.ts';

/** A link with what to know before following it. */
export interface MailLink {
  readonly hint: string;
  readonly label: string;
  readonly url: string;
}

/** What a mail says, before it is laid out as text and as HTML. */
export interface MailContent {
  readonly subject: string;
  readonly greeting: string;
  /** A code to be read off and typed, shown large. */
  readonly code?: string;
  readonly paragraphs: readonly string[];
  /** Facts, one a line, after the first paragraph. */
  readonly details?: readonly string[];
  /** What the mail is there for, before all but the first paragraph. */
  readonly action?: MailLink | undefined;
  readonly link?: MailLink | undefined;
  readonly footer: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

const PARAGRAPH_STYLE = 'margin:0 0 16px';
const CODE_STYLE = 'margin:0 0 16px;font:700 32px/1.4 ui-monospace,Menlo,Consolas,monospace;letter-spacing:8px';
const DETAILS_STYLE = 'margin:0 0 16px;padding:12px 16px;background:#f5f6f8;border-radius:8px';
const BUTTON_STYLE = 'display:inline-block;padding:12px 20px;color:#fff;text-decoration:none;border-radius:8px';
const ACTION_COLOUR = '#175cd3';
const ALARM_COLOUR = '#b42318';
const FOOTER_STYLE = 'margin:32px 0 0;font-size:13px;color:#667085';
const BODY_STYLE =
  "margin:0;padding:32px 16px;background:#f5f6f8;color:#101828;font:16px/1.6 -apple-system,'Segoe UI','PingFang TC','Microsoft JhengHei',sans-serif";
const CARD_STYLE = 'max-width:520px;margin:0 auto;padding:32px;background:#fff;border-radius:12px';

/** One block of a mail, in both forms. */
interface Block {
  readonly text: string;
  readonly html: string;
}

const block = (text: string, style = PARAGRAPH_STYLE): Block => ({
  text,
  html: `<p style="${style}">${text.split('\n').map(escapeHtml).join('<br>')}</p>`,
});

const button = ({ label, url }: MailLink, colour: string): Block => ({
  text: `${label}\n${url}`,
  html: `<p style="${PARAGRAPH_STYLE}"><a href="${escapeHtml(url)}" style="${BUTTON_STYLE};background:${colour}">${escapeHtml(label)}</a></p>`,
});

const linked = (link: MailLink | undefined, colour: string): readonly Block[] =>
  link === undefined ? [] : [block(link.hint), button(link, colour)];

const blocksOf = ({ greeting, code, paragraphs, details, action, link, footer }: MailContent): readonly Block[] => {
  const [first, ...others] = paragraphs.map((text) => block(text));
  return [
    block(greeting),
    ...(code === undefined ? [] : [block(code, CODE_STYLE)]),
    ...(first === undefined ? [] : [first]),
    ...(details === undefined ? [] : [block(details.join('\n'), DETAILS_STYLE)]),
    ...linked(action, ACTION_COLOUR),
    ...others,
    ...linked(link, ALARM_COLOUR),
    { text: '--', html: '' },
    block(footer, FOOTER_STYLE),
  ];
};

/** Lays a mail out as plain text and as self-contained HTML: no images, no scripts, and no links but the given ones. */
export const layOut = (to: string, locale: Locale, content: MailContent): Mail => {
  const { subject } = content;
  const blocks = blocksOf(content);
  const html = [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>`,
    `<body style="${BODY_STYLE}"><div style="${CARD_STYLE}">`,
    ...blocks.map((one) => one.html),
    '</div></body></html>',
  ].join('\n');
  return { to, subject, text: `${blocks.map(({ text }) => text).join('\n\n')}\n`, html };
};
