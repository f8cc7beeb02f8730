import type { Locale } from '../contracts/locale.ts';
import type { Mail } from '../platform/mailer.ts';

/** What a mail says, before it is laid out as text and as HTML. */
export interface MailContent {
  readonly subject: string;
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  /** A code to be read off and typed, shown large. */
  readonly code?: string;
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

const paragraph = (text: string, style = 'margin:0 0 16px'): string => `<p style="${style}">${escapeHtml(text)}</p>`;

const CODE_STYLE = 'margin:0 0 16px;font:700 32px/1.4 ui-monospace,Menlo,Consolas,monospace;letter-spacing:8px';
const FOOTER_STYLE = 'margin:32px 0 0;font-size:13px;color:#667085';
const BODY_STYLE =
  "margin:0;padding:32px 16px;background:#f5f6f8;color:#101828;font:16px/1.6 -apple-system,'Segoe UI','PingFang TC','Microsoft JhengHei',sans-serif";
const CARD_STYLE = 'max-width:520px;margin:0 auto;padding:32px;background:#fff;border-radius:12px';

/** Lays a mail out as plain text and as self-contained HTML: no images, scripts or links to elsewhere. */
export const layOut = (to: string, locale: Locale, content: MailContent): Mail => {
  const { subject, greeting, paragraphs, code, footer } = content;
  const blocks = [greeting, ...(code === undefined ? [] : [code]), ...paragraphs, '--', footer];
  const html = [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>`,
    `<body style="${BODY_STYLE}"><div style="${CARD_STYLE}">`,
    paragraph(greeting),
    code === undefined ? '' : paragraph(code, CODE_STYLE),
    ...paragraphs.map((text) => paragraph(text)),
    paragraph(footer, FOOTER_STYLE),
    '</div></body></html>',
  ].join('\n');
  return { to, subject, text: `${blocks.join('\n\n')}\n`, html };
};
