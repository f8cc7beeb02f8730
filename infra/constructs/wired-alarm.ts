import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IAlarmAction,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { type AlarmDefinition, alarmName } from '../observability/alarm.ts';
import type { Stage } from '../stages.ts';

const OPERATORS = {
  reached: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
} as const satisfies Record<AlarmDefinition['when'], ComparisonOperator>;

const SILENCE = {
  bad: TreatMissingData.BREACHING,
  good: TreatMissingData.NOT_BREACHING,
  unknown: TreatMissingData.IGNORE,
} as const satisfies Record<AlarmDefinition['silence'], TreatMissingData>;

const propsOf = (
  stage: Stage,
  { id, feels, runbook, metric, when, level, periods, silence }: AlarmDefinition,
): AlarmProps => ({
  alarmName: alarmName(stage, id),
  alarmDescription: `${feels} What to do: docs/runbooks.md#${runbook}`,
  metric,
  comparisonOperator: OPERATORS[when],
  threshold: level,
  evaluationPeriods: periods,
  treatMissingData: SILENCE[silence],
});

/** An alarm that tells its topic when it goes off, and when it is over. */
export class WiredAlarm extends Alarm {
  constructor(scope: Construct, id: string, stage: Stage, definition: AlarmDefinition, action: IAlarmAction) {
    super(scope, id, propsOf(stage, definition));
    this.addAlarmAction(action);
    this.addOkAction(action);
  }
}
