import { afterEach, describe, expect, it } from 'vitest';
import type { EngineError } from '#lib/engine/port.ts';
import type { LogLine } from '#lib/model/docker/log-line.ts';
import { type Handler, sendJson, startTestServer, type TestServer } from '#lib/testing/start-test-server.ts';

const ID = 'a'.repeat(64);
const PATH = `/containers/${ID}/logs`;
const RANGE = { tail: 50, sinceMs: null, untilMs: null };

function frame(text: string): Buffer {
  const body = Buffer.from(`2026-11-24T10:00:00Z ${text}`);
  const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}

let server: TestServer;
const serve = async (handler: Handler, withinMs = 10_000) => {
  server = await startTestServer({ [PATH]: handler });
  return server.client({ limits: { versionMs: 10_000, openMs: withinMs, engineMs: withinMs } });
};
afterEach(() => server.stop());

describe('a container’s log', () => {
  it('is read with GET, its newest lines, both streams, with times', async () => {
    const client = await serve((_, response) => response.end(Buffer.concat([frame('a\n'), frame('b\n')])));
    const lines = await client.readLog(ID, {
      ...RANGE,
      sinceMs: 1_700_000_000_123.5,
      untilMs: 1_800_000_000_000,
    });
    expect(lines.map(({ text }) => text)).toEqual(['a', 'b']);
    expect(server.asked.at(-1)).toBe(
      `/v1.41${PATH}?stdout=1&stderr=1&timestamps=1&tail=50&since=1700000000.123500000&until=1800000000.000000000`,
    );
    expect([...server.methods]).toEqual(['GET']);
  });

  it('is cut before it is looked through, and a secret that the cut divides is hidden', async () => {
    const secret = 'S3cr3tV4lue';
    const texts = [
      'a.a.'.repeat(15_000),
      `${'x'.repeat(1_980)} password=${secret}${'y'.repeat(40_000)}`,
      `${'x'.repeat(1_950)} postgres://app:${secret}@db/x ${'y'.repeat(40_000)}`,
      `token=${secret}`,
    ];
    const client = await serve((_, response) =>
      response.end(Buffer.concat(Array.from({ length: 48 }, (__, at) => frame(`${texts[at % 4]}\n`)))),
    );
    const lines = await client.readLog(ID, { ...RANGE, maxLineChars: 2_000 });
    expect(lines).toHaveLength(48);
    for (const [at, { text, truncated }] of lines.entries()) {
      expect(text.length).toBeLessThanOrEqual(2_000);
      expect(text).not.toContain('S3cr');
      expect(truncated).toBe(at % 4 !== 3);
    }
  });

  it.each([
    [404, { message: `No such container: ${ID}` }, /^The container is gone, and its log with it\.$/],
    [
      409,
      { message: 'can not get logs from container which is dead or marked for removal' },
      /being removed/,
    ],
    [501, { message: 'configured logging driver does not support reading' }, /logging driver/],
    [500, { message: 'configured logging driver does not support reading' }, /logging driver/],
    [500, { message: 'disk on fire' }, /disk on fire/],
  ])('%i becomes a sentence', async (statusCode, body, message) => {
    const client = await serve((_, response) => sendJson(response, body, statusCode));
    await expect(client.readLog(ID, RANGE)).rejects.toMatchObject({
      kind: 'http',
      statusCode,
      message: expect.stringMatching(message),
    });
  });

  it.each<[string, Handler, EngineError['kind']]>([
    ['that never comes', () => {}, 'timeout'],
    ['that stops half way', (_, response) => response.write(frame('a\n')), 'timeout'],
    ['that is cut', (_, response) => response.write(frame('a\n'), () => response.destroy()), 'unreachable'],
    ['that is none', (_, response) => response.end('\x01\x01\x01\x01\x01\x01\x01\x01'), 'garbled'],
  ])('%s fails in time', async (_, handler, kind) => {
    const client = await serve(handler, 300);
    await expect(client.readLog(ID, RANGE)).rejects.toMatchObject({ name: 'EngineError', kind });
    await expect.poll(() => server.sockets.size).toBeLessThanOrEqual(1);
  });

  it('keeps its newest megabyte', async () => {
    const client = await serve((_, response) => {
      for (let at = 0; at < 300; at += 1) response.write(frame(`${at} ${'x'.repeat(10_000)}\n`));
      response.end();
    });
    const lines = await client.readLog(ID, RANGE);
    expect(lines.length).toBeLessThan(110);
    expect(lines.length).toBeGreaterThan(90);
    expect(lines.at(-1)?.text).toMatch(/^299 /);
  });

  it('whose line never ends is not read for ever, and says how much came', async () => {
    const client = await serve((_, response) => {
      const piece = Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 1, 0, 0]), Buffer.alloc(65_536, 'x')]);
      const write = () => {
        if (!response.destroyed && response.write(piece)) setImmediate(write);
      };
      response.on('drain', write);
      write();
    });
    await expect(client.readLog(ID, RANGE)).rejects.toThrow(/larger than 64 MB/);
    let bytes = 0;
    await new Promise<void>((resolve) => {
      const log = client.openLog(ID, {
        tail: 10,
        sinceMs: null,
        follow: true,
        onBytes(more) {
          bytes += more;
          if (bytes < 1_000_000) return;
          log.close();
          resolve();
        },
        onLines() {},
        onClose() {},
      });
    });
    await expect.poll(() => server.sockets.size).toBeLessThanOrEqual(1);
  });

  it('is followed until it ends, and its line without an end is sent then', async () => {
    const client = await serve((_, response) => {
      response.write(frame('a\n'));
      setTimeout(() => response.end(frame('b')), 50);
    });
    const seen: LogLine[] = [];
    const end = await new Promise((resolve) => {
      client.openLog(ID, {
        tail: 10,
        sinceMs: null,
        follow: true,
        onLines: (lines) => seen.push(...lines),
        onClose: resolve,
      });
    });
    expect(end).toBeNull();
    expect(seen.map(({ text }) => text)).toEqual(['a', 'b']);
    expect(server.asked.at(-1)).toContain('follow=1');
  });

  it('is quiet after it was closed, and its connection is gone', async () => {
    const client = await serve((_, response) => {
      response.write(frame('a\n'));
      const timer = setInterval(() => response.write(frame('b\n')), 5);
      response.on('close', () => clearInterval(timer));
    });
    let calls = 0;
    await new Promise<void>((resolve) => {
      const log = client.openLog(ID, {
        tail: null,
        sinceMs: null,
        follow: true,
        onLines() {
          calls += 1;
          log.close();
          resolve();
        },
        onClose: () => {
          calls += 100;
        },
      });
    });
    // The connection for requests stays; the log's does not.
    await expect.poll(() => server.sockets.size).toBe(1);
    expect(calls).toBe(1);
  });

  it('waits while it is paused, and loses nothing', async () => {
    const client = await serve((_, response) => {
      for (let at = 0; at < 20; at += 1) response.write(frame(`${at}\n`));
      response.end();
    });
    const seen: string[] = [];
    const ended = new Promise((resolve) => {
      const log = client.openLog(ID, {
        tail: null,
        sinceMs: null,
        follow: false,
        onOpen() {
          log.pause();
          setTimeout(() => {
            expect(seen).toEqual([]);
            log.resume();
          }, 50);
        },
        onLines: (lines) => seen.push(...lines.map(({ text }) => text)),
        onClose: resolve,
      });
    });
    expect(await ended).toBeNull();
    expect(seen).toHaveLength(20);
  });

  it('ends with the client', async () => {
    const client = await serve((_, response) => response.write(frame('a\n')));
    const closed = new Promise((resolve) => {
      client.openLog(ID, {
        tail: null,
        sinceMs: null,
        follow: true,
        onLines: () => client.close(),
        onClose: resolve,
      });
    });
    expect(await closed).toMatchObject({ kind: 'closed' });
    await expect(client.readLog(ID, RANGE)).rejects.toMatchObject({ kind: 'closed' });
  });

  it('is not asked for by an id that is none', async () => {
    const client = await serve((_, response) => response.end());
    await expect(client.readLog('../secrets', RANGE)).rejects.toMatchObject({ kind: 'garbled' });
    expect(server.asked).toEqual([]);
  });
});
