import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as pictures from '../../support/documents/pictures.ts';
import { journeyOn, somebody } from '../../support/journey.ts';
import {
  calling,
  documentsOf,
  postForm,
  referredObjects,
  sendImage,
  sweepDocuments,
} from '../../support/kyc-documents.ts';
import { envelopeOf, startTestStack, type TestStack } from '../../support/local-stack.ts';
import { uploadForm } from '../../support/upload-form.ts';

/** More calls to AWS than any of the steps makes. */
const MOST_CALLS = 20;

const TIMEOUT_MS = 300_000;

let stack: TestStack;
let documents: ReturnType<typeof documentsOf>;

beforeAll(async () => {
  stack = await startTestStack({ stage: 'test', functionsAs: 'processes' });
  documents = documentsOf(stack);
}, 120_000);
afterAll(async () => {
  documents.close();
  await stack.stop();
});

const kills = (): number => stack.logs().filter((line) => line.includes('exited with signal SIGKILL')).length;

/** Somebody who has an image of type 1, whose function dies after so many answered calls of the next step. */
const armed = async (operation: string, afterCalls: number) => {
  const token = await journeyOn(stack).loggedIn(somebody());
  const send = async () => envelopeOf(await sendImage(stack, token, await pictures.jpeg())).code;
  expect(await send()).toBe(1);
  const arm = async () => {
    const body = { functionName: `bitgin-test-kyc-${operation}`, afterCalls };
    expect((await stack.call('POST', '/_local/kill', { body })).status).toBe(200);
  };
  return { token, send, arm, call: calling(stack, token) };
};

/** Kills between every two calls; returns how many kills there were. */
const killEverywhere = async (step: (afterCalls: number) => Promise<unknown>): Promise<number> => {
  for (let calls = 0; calls < MOST_CALLS; calls += 1) {
    const before = kills();
    await step(calls);
    if (kills() === before) return calls;
  }
  throw new Error(`The step still died after ${MOST_CALLS} calls.`);
};

/** After a sweep there is an object for every image, and an image for every object. */
const expectNothingLeft = async (): Promise<void> => {
  await sweepDocuments(stack);
  const stored = (await documents.keys()).filter((key) => key.startsWith('identity/'));
  expect(stored.toSorted()).toEqual((await referredObjects(stack)).toSorted());
};

describe('an upload whose process is killed between any two calls to AWS', () => {
  it(
    'leaves no object that nothing refers to, and no image without its object: image',
    async () => {
      const times = await killEverywhere(async (calls) => {
        const { send, arm } = await armed('image', calls);
        await arm();
        await send();
      });
      expect(times).toBeGreaterThanOrEqual(5);
      expect((await documents.keys()).length).toBeGreaterThan((await referredObjects(stack)).length);
      await expectNothingLeft();
    },
    TIMEOUT_MS,
  );

  it(
    'and so does image/complete, which can be asked again',
    async () => {
      const picture = await pictures.png();
      const times = await killEverywhere(async (calls) => {
        const { call, arm } = await armed('image-complete', calls);
        const asked = { type: 1, contentType: 'image/png', size: picture.length };
        const form = uploadForm.parse((await call('/v1/kyc/image/upload_url', asked)).data);
        await postForm(form, picture);
        await arm();
        await call('/v1/kyc/image/complete', { id: form.id });
        expect(await call('/v1/kyc/image/complete', { id: form.id })).toMatchObject({ code: 1, data: { id: form.id } });
      });
      expect(times).toBeGreaterThanOrEqual(6);
      await expectNothingLeft();
    },
    TIMEOUT_MS,
  );
});
