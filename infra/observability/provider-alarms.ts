import type { Stage } from '../stages.ts';
import type { AlarmDefinition } from './alarm.ts';
import { awsMetric, HOUR, measured } from './measures.ts';

const PERCENT = 100;

const QUARTER = 15;

/** What those think of us who carry mails and text messages; AWS counts both for the whole account and region. */
export const providerAlarms = (stage: Stage): readonly AlarmDefinition[] => {
  const { levels } = stage.observability;
  return [
    {
      id: 'mail-bounces',
      severity: 'page',
      feels: 'Nobody yet; if SES stops the account, no code and no link reaches anybody.',
      runbook: 'mails-bounce-or-are-complained-of',
      metric: awsMetric('AWS/SES', 'Reputation.BounceRate', {}, 'Average', HOUR),
      when: 'reached',
      level: levels.bouncePercent / PERCENT,
      periods: 1,
      silence: 'unknown',
    },
    {
      id: 'mail-complaints',
      severity: 'page',
      feels: 'Nobody yet; if SES stops the account, no code and no link reaches anybody.',
      runbook: 'mails-bounce-or-are-complained-of',
      metric: awsMetric('AWS/SES', 'Reputation.ComplaintRate', {}, 'Average', HOUR),
      when: 'reached',
      level: levels.complaintPercent / PERCENT,
      periods: 1,
      silence: 'unknown',
    },
    {
      id: 'text-spending',
      severity: 'ticket',
      feels: 'Nobody yet; at the limit of the account, no more codes are texted until the next month.',
      runbook: 'text-messages-cost-much-or-are-refused',
      metric: awsMetric('AWS/SNS', 'SMSMonthToDateSpentUSD', {}, 'Maximum', HOUR),
      when: 'reached',
      level: levels.textDollars,
      periods: 1,
      silence: 'unknown',
    },
    {
      id: 'texts-refused',
      severity: 'page',
      feels: 'People who verify their phone are told that the text message could not be sent.',
      runbook: 'text-messages-cost-much-or-are-refused',
      metric: measured(stage, 'TextsFailed', 'Sum', QUARTER),
      when: 'reached',
      level: 5,
      periods: 1,
      silence: 'good',
    },
    {
      id: 'texts-exhausted',
      severity: 'page',
      feels: 'Nobody can verify a phone, and so pass KYC level 1, before midnight in Taipei.',
      runbook: 'text-messages-cost-much-or-are-refused',
      metric: measured(stage, 'TextsExhausted', 'Sum'),
      when: 'reached',
      level: 1,
      periods: 1,
      silence: 'good',
    },
  ];
};
