import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { MetricName } from '../../shared/contracts/metrics.ts';
import { metricsNamespace, stackName } from '../names.ts';
import type { Stage } from '../stages.ts';
import { MAIL_DIMENSION } from '../stacks/mail-stack.ts';
import { CHAPTERS } from './alarm.ts';
import { awsMetric, FIVE_MINUTES, measured } from './measures.ts';

/** An alarm with the chapter that it leads to. */
export interface ShownAlarm {
  readonly alarm: Alarm;
  readonly chapter: (typeof CHAPTERS)[number];
}

type Counted = Exclude<MetricName, 'Latency'>;

const WIDTH = 24;
const HALF = 12;
const THIRD = 8;
const HEIGHT = 6;
const TITLE_HEIGHT = 1;

/** What the business is counted by, a graph each. */
const BUSINESS: Readonly<Record<string, readonly Counted[]>> = {
  'Registrations and logins': [
    'Registrations',
    'LoginsSucceeded',
    'LoginsFailed',
    'LoginsRefused',
    'SecondFactorsPassed',
    'SecondFactorsFailed',
  ],
  KYC: [
    'KycLevel1Passed',
    'KycLevel1Reopened',
    'KycLevel2Applied',
    'KycLevel2Approved',
    'KycLevel2Rejected',
    'KycLevel3Applied',
    'KycLevel3Approved',
    'KycLevel3Rejected',
  ],
  'Transfers by state': [
    'TransfersRequested',
    'TransferLinksFollowed',
    'TransfersConfirmed',
    'TransfersCancelled',
    'TransfersExpired',
  ],
  'Conversions and payments': ['Conversions', 'Payments'],
  'Mails and text messages': ['MailsSent', 'MailsPostponed', 'MailsParked', 'TextsSent', 'TextsFailed'],
  'What the jobs get done': ['LedgerItemsProved', 'LedgerPassesEnded', 'PricesKept'],
};

const heading = (markdown: string): IWidget => new TextWidget({ markdown, width: WIDTH, height: TITLE_HEIGHT });

const graph = (title: string, left: readonly IMetric[], width: number): IWidget =>
  new GraphWidget({ title, left: [...left], width, height: HEIGHT });

/** One line for each pair of endpoint and outcome that there is. */
const latencies = (stage: Stage, statistic: 'SampleCount' | 'p99'): IMetric =>
  new MathExpression({
    expression: `SEARCH('{${metricsNamespace(stage)},endpoint,outcome} MetricName="Latency"', '${statistic}', ${FIVE_MINUTES * 60})`,
    usingMetrics: {},
    label: '',
    period: Duration.minutes(FIVE_MINUTES),
  });

const sentence = (anchor: string): string => anchor.slice(0, 1).toUpperCase() + anchor.slice(1).replaceAll('-', ' ');

/** The dashboard of a stage: what alarms look at, a row each chapter of the runbooks, then what the business does. */
export const operationsDashboard = (scope: Construct, stage: Stage, shown: readonly ShownAlarm[]): Dashboard => {
  const alarmRows = CHAPTERS.flatMap((chapter) => {
    const alarms = shown.filter((one) => one.chapter === chapter).map(({ alarm }) => alarm);
    const metrics = alarms.map(({ metric }) => metric);
    return [[heading(`## ${sentence(chapter)}`)], [graph(sentence(chapter), metrics, WIDTH)]];
  });
  const business = Object.entries(BUSINESS).map(([title, names]) =>
    graph(
      title,
      names.map((name) => measured(stage, name, 'Sum')),
      THIRD,
    ),
  );
  const ofSes = ['Send', 'Delivery', 'Bounce', 'Complaint', 'Reject'].map((name) =>
    awsMetric('AWS/SES', name, { [MAIL_DIMENSION]: stage.name }, 'Sum'),
  );
  const mails = graph('What became of mails, by SES', ofSes, THIRD);
  const delays = graph('From the commit to SES (ms)', [measured(stage, 'MailDelay', 'Maximum')], THIRD);
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: stackName(stage, 'operations'),
    widgets: [
      [
        new AlarmStatusWidget({
          title: 'Alarms',
          alarms: shown.map(({ alarm }) => alarm),
          width: WIDTH,
          height: HEIGHT,
        }),
      ],
      [
        graph('Requests by endpoint and outcome', [latencies(stage, 'SampleCount')], HALF),
        graph('p99 of the functions, by endpoint and outcome (ms)', [latencies(stage, 'p99')], HALF),
      ],
      [...business, mails, delays],
      ...alarmRows,
    ],
  });
};
