/*
 * Kills this process at a chosen point between two of its calls to AWS services: when the given number of answers has
 * come in and the function has not seen the last of them, or before the first call leaves when the number is 0.
 */
import { subscribe } from 'node:diagnostics_channel';

const ENDPOINT = /^AWS_ENDPOINT_URL_/;

let endpoints;
let answersLeft;

const die = () => process.kill(process.pid, 'SIGKILL');

const isAwsCall = (request) => endpoints.has(`${request.protocol}//${request.getHeader('host')}`);

const watchCalls = () => {
  endpoints = new Set(
    Object.entries(process.env).flatMap(([name, url]) => (ENDPOINT.test(name) ? [new URL(url).origin] : [])),
  );
  subscribe('http.client.request.created', ({ request }) => {
    if (answersLeft === 0 && isAwsCall(request)) die();
  });
  subscribe('http.client.response.finish', ({ request }) => {
    if (answersLeft === undefined || !isAwsCall(request)) return;
    answersLeft -= 1;
    if (answersLeft === 0) die();
  });
};

/** Arms the kill for one invocation; undefined disarms it. */
export const killAfterCalls = (calls) => {
  if (calls !== undefined && endpoints === undefined) watchCalls();
  answersLeft = calls;
};
