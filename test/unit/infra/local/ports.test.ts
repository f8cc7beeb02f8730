import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { listen, requireFreePort } from '../../../../infra/local/ports.ts';

describe('requireFreePort', () => {
  it('names the taken port and the variable that moves it', async () => {
    const server = createServer();
    const port = await listen(server, 0, 'PORT');
    await expect(requireFreePort(port, 'ADMIN_PORT')).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is taken. Stop what uses it, or choose another one: ADMIN_PORT=`,
    );
    server.close();
  });

  it('accepts a free one', async () => {
    await expect(requireFreePort(0, 'PORT')).resolves.toBeUndefined();
  });
});
