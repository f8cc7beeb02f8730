import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { CommandError } from './errors.ts';

type Provider = ReturnType<typeof defaultProvider>;

/**
 * The credentials that the AWS command line would use, or in a sentence how to come by them.
 *
 * @param provider - the SDK's own, unless a test has another.
 */
export const operatorCredentials =
  (provider: Provider = defaultProvider()): Provider =>
  async (options) => {
    try {
      return await provider(options);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CommandError(
        `There are no credentials of AWS: ${reason}. Sign in (aws sso login) or set AWS_PROFILE; aws sts get-caller-identity tells who you are.`,
        { cause: error },
      );
    }
  };
