import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createFront } from './create-front.ts';

test('strangers who send ahead and go leave no place taken', async () => {
  const front = createFront({ files: { isFile: () => false, serve: () => false }, log: () => {} });
  front.open(async (_, response) => {
    // As a page is: not at once.
    await new Promise((resolve) => setTimeout(resolve, 20));
    response.end('well');
  });
  await new Promise<void>((resolve) => front.server.listen(0, '127.0.0.1', resolve));
  const { port } = front.server.address() as AddressInfo;
  try {
    for (let round = 0; round < 20; round += 1)
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () =>
          socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(100)),
        );
        socket.resume().on('error', () => {});
        socket.on('close', () => resolve());
      });
    const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(10_000) });
    expect(await answer.text()).toBe('well');
  } finally {
    front.server.closeAllConnections();
    await front.close();
  }
});
