import { connect } from 'node:net';

/** What came back on one connection for these bytes, until it was closed or nothing came for a while. */
export function sendRaw(url: string, bytes: string, quietMs = 2_000): Promise<string> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    const done = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setEncoding('latin1').setTimeout(quietMs, done);
    socket.on('data', (text) => {
      answer += text;
    });
    socket.on('error', done).on('close', done);
  });
}
