import type { ToWorker } from './connection.ts';
import { createConnection } from './create-connection.ts';
import { createStreamShare } from './create-stream-share.ts';

// Runs as a SharedWorker. Its name is the path of the stream.
const share = createStreamShare((listener, from) => createConnection(self.name, listener, from));

self.addEventListener('connect', (event) => {
  const port = (event as MessageEvent).ports[0];
  if (port === undefined) return;
  port.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => share.receive(port, data));
  // Not in every browser; a page that ends also says that it leaves.
  port.addEventListener('close', () => share.leave(port));
  port.start();
});
