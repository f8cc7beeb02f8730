import type { CaptchaAnswer } from '../captcha-answer.ts';
import type { Email } from '../emulators/ses.ts';
import type { Sms } from '../emulators/sns.ts';
import { type Lever, ok, refusal } from './lever.ts';

export interface OutboxOptions {
  readonly emails: () => readonly Email[];
  readonly sms: () => readonly Sms[];
  readonly captchaAnswer: CaptchaAnswer;
}

/** What people would see: the mails and messages that were sent, and the text in captcha pictures. */
export const outboxLevers = ({ emails, sms, captchaAnswer }: OutboxOptions): readonly Lever[] => [
  { method: 'GET', path: /^\/outbox$/, answer: () => ok({ emails: emails(), sms: sms() }) },
  {
    method: 'GET',
    path: /^\/captcha\/(\d+)$/,
    answer: async ([id = '']) => {
      const answer = await captchaAnswer(id);
      return answer === undefined ? refusal(404, `There is no captcha ${id}.`) : ok({ answer });
    },
  },
];
