/* Asks one address over and over on a few connections kept open, and says how many answers a second came. */
import { Agent, get } from 'node:http';

const [, , url, seconds, connections] = process.argv;
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const end = performance.now() + Number(seconds) * 1000;
let answers = 0;

const ask = () =>
  new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    }).once('error', reject);
  });

const lane = async () => {
  while (performance.now() < end) {
    await ask();
    answers += 1;
  }
};

await Promise.all(Array.from({ length: Number(connections) }, lane));
agent.destroy();
process.stdout.write(String(answers / Number(seconds)));
