import type { Locale } from '../contracts/locale.ts';

/** A page for a person: some sentences and perhaps one button, which posts to the page's own address. */
export interface Page {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly button?: string;
}

/**
 * What a page may do: show itself, and post its form to where it came from. No script, no image, no frame around it;
 * its address, which may hold a code, is told to no other site.
 */
const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
} as const;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);

const STYLE = [
  'body{margin:0;padding:48px 16px;background:#f5f6f8;color:#101828;',
  "font:16px/1.6 -apple-system,'Segoe UI','PingFang TC','Noto Sans CJK TC','Microsoft JhengHei',sans-serif}",
  'main{max-width:480px;margin:0 auto;padding:32px;background:#fff;border-radius:12px}',
  'h1{margin:0 0 16px;font-size:22px;line-height:1.3}p{margin:0 0 16px}',
  'button{padding:12px 20px;border:0;border-radius:8px;background:#b42318;color:#fff;font:inherit;cursor:pointer}',
  'button:focus-visible{outline:3px solid #fda29b;outline-offset:2px}',
].join('');

/** Lays a page out as self-contained HTML, readable on a phone. */
export const layOutPage = (locale: Locale, { title, paragraphs, button }: Page): string =>
  [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">',
    `<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>`,
    `<h1>${escapeHtml(title)}</h1>`,
    ...paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    button === undefined ? '' : `<form method="post"><button type="submit">${escapeHtml(button)}</button></form>`,
    '</main></body></html>',
  ].join('\n');

/** What answers with pages. */
export const pageSupport = { layOut: layOutPage, headers: PAGE_HEADERS } as const;

export type PageSupport = typeof pageSupport;
