/* Gives the same answer to whatever is asked, with node:http and nothing else. Says its port, and its work when asked. */
import { createServer } from 'node:http';

const [, , host, answer] = process.argv;
const { status, headers, body } = JSON.parse(answer);

const server = createServer((_request, response) => {
  response.writeHead(status, headers);
  response.end(body);
});
server.listen(0, host, () => process.send(server.address().port));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send(user + system);
});
process.on('disconnect', () => process.exit());
