import { describe, expect, it } from '@jest/globals';
import { LOCALES } from '../../../shared/contracts/locale.ts';
import { layOut } from '../../../shared/mail/layout.ts';
import { verificationMail } from '../../../shared/mail/verification-mail.ts';

describe('verificationMail', () => {
  it.each(LOCALES)('carries the code as text and as HTML in %s', (locale) => {
    const mail = verificationMail({ username: 'ann', email: 'ann@example.com' }, '012345', locale);
    expect(mail.to).toBe('ann@example.com');
    expect(mail.text).toContain('012345');
    expect(mail.html).toContain('012345');
    expect(mail.html).toContain(`lang="${locale}"`);
  });

  it('differs between the languages', () => {
    const subjects = LOCALES.map((locale) => verificationMail({ username: 'a', email: 'e' }, '1', locale).subject);
    expect(new Set(subjects).size).toBe(3);
  });
});

describe('layOut', () => {
  it('escapes what people chose', () => {
    const content = { subject: 's', greeting: `<script>"'&`, paragraphs: [], footer: 'f' };
    const { html, text } = layOut('to', 'en', content);
    expect(html).toContain('&lt;script&gt;&quot;&#39;&amp;');
    expect(html).not.toContain('<script>');
    expect(text).toContain(`<script>"'&`);
  });

  it('loads nothing from elsewhere', () => {
    const { html } = verificationMail({ username: 'a', email: 'e' }, '1', 'en');
    expect(html).not.toMatch(/https?:|src=|url\(/);
  });
});
