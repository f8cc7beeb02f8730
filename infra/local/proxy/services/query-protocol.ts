import { ACCOUNT, PARTITION } from '../../template/physical-names.ts';
import type { Need } from '../iam/policy.ts';
import type { NotUnderstood, Service, ServiceCall, Understood } from './service.ts';

/** What an action of the query protocol does, by its form. Undefined when the form does not say. */
type Action = (form: URLSearchParams, region: string) => Omit<Understood, 'operation'> | undefined;

/** A service that takes forms with an `Action`. */
const queryService = (name: string, actions: Readonly<Record<string, Action>>): Service => ({
  readsBody: true,
  understand: ({ body, region }: ServiceCall): Understood | NotUnderstood => {
    const form = new URLSearchParams(body.toString());
    const operation = form.get('Action') ?? '';
    const understood = Object.hasOwn(actions, operation) ? actions[operation]?.(form, region) : undefined;
    if (understood) return { operation, ...understood };
    return {
      unknown: `The local stack does not know which rights the ${name} action "${operation}" needs, so it is refused.`,
    };
  },
});

/** The address in `Name <address>`, or the whole. */
const addressOf = (sender: string): string => /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender.trim();

/** Sending is allowed on the identity of the sender, which is its domain here, and on a configuration set if named. */
const send =
  (action: string, senderMember: string): Action =>
  (form, region) => {
    const sender = form.get(senderMember);
    if (sender === null) return undefined;
    const address = addressOf(sender);
    const context = { 'ses:FromAddress': address };
    const arn = `arn:${PARTITION}:ses:${region}:${ACCOUNT}:`;
    const domain = address.slice(address.lastIndexOf('@') + 1);
    const set = form.get('ConfigurationSetName');
    const needs: Need[] = [{ action, resource: `${arn}identity/${domain}`, context }];
    if (set !== null) needs.push({ action, resource: `${arn}configuration-set/${set}`, context });
    return { subject: domain, needs };
  };

/** Version 1 of SES. SendRawEmail must name its source, although AWS can also read it out of the message. */
export const ses: Service = queryService('SES', {
  SendEmail: send('ses:SendEmail', 'Source'),
  SendRawEmail: send('ses:SendRawEmail', 'Source'),
});

export const sns: Service = queryService('SNS', {
  Publish: (form) => {
    const [topic, phone] = [form.get('TopicArn') ?? form.get('TargetArn'), form.get('PhoneNumber')];
    const resource = topic ?? phone;
    if (resource === null) return undefined;
    return { subject: topic === null ? 'SMS' : topic, needs: [{ action: 'sns:Publish', resource }] };
  },
});
