import { type Answer, faultAnswer } from './answers.ts';
import type { Caller } from './caller.ts';
import type { Access } from './iam/access.ts';
import type { CustomerKeyOf, Service, ServiceCall, ServiceName, Understood } from './services/service.ts';

/** What shall happen to a call. */
export type Admission =
  | { readonly kind: 'refused'; readonly answer: Answer }
  /** Of a function that may do it. */
  | { readonly kind: 'function'; readonly functionName: string; readonly understood: Understood }
  /** Of the operator, whom nothing holds up, or of a browser that asks whether it may call. */
  | { readonly kind: 'passed' };

export interface AdmissionOptions {
  readonly access: Access;
  readonly customerKeyOf: CustomerKeyOf;
  readonly log: (line: string) => void;
}

/** Decides by the caller's own policy whether a call goes on to the emulator. */
export type Admit = (name: ServiceName, service: Service, caller: Caller, call: ServiceCall) => Admission;

export const createAdmit = ({ access, customerKeyOf, log }: AdmissionOptions): Admit => {
  const refuse = (name: ServiceName, message: string): Admission => ({
    kind: 'refused',
    answer: faultAnswer(name, 'accessDenied', message),
  });

  return (name, service, caller, call) => {
    if (caller.kind === 'operator') return { kind: 'passed' };
    if (caller.kind === 'unknown') return { kind: 'refused', answer: faultAnswer(name, 'unknownKey') };
    if (caller.kind === 'anonymous') {
      const isPreflight = name === 's3' && call.method === 'OPTIONS';
      return isPreflight ? { kind: 'passed' } : { kind: 'refused', answer: faultAnswer(name, 'anonymous') };
    }
    const understood = service.understand(call, customerKeyOf);
    if ('unknown' in understood) {
      log(`IAM: ${caller.name}: ${understood.unknown}`);
      return refuse(name, understood.unknown);
    }
    const refusal = access(caller.name, understood.needs);
    if (refusal) return refuse(name, refusal.message);
    return { kind: 'function', functionName: caller.name, understood };
  };
};
