import { get } from 'node:http';
import type { LabHost } from '#e2e/lab/lab.ts';

/** One event of an engine, as it came. */
export interface EngineEvent {
  atMs: number;
  /** Without what follows a colon: `exec_die`, `die`. */
  action: string;
  containerId: string;
  exitCode: number | null;
}

/** Listens to an engine's own `/events`, past the product and its proxies. */
export async function listenEvents(
  host: LabHost,
  actions: readonly string[],
): Promise<{ events: EngineEvent[]; close(): void }> {
  const events: EngineEvent[] = [];
  const filters = encodeURIComponent(JSON.stringify({ type: ['container'], event: actions }));
  const url = `${host.tcp.replace('tcp:', 'http:')}/events?filters=${filters}`;
  const request = get(url, { agent: false });
  await new Promise<void>((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => {
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (line.trim() !== '') events.push(toEvent(line));
      });
      response.on('error', () => undefined);
      resolve();
    });
  });
  request.on('error', () => undefined);
  return { events, close: () => request.destroy() };
}

function toEvent(line: string): EngineEvent {
  const { Action, Actor, timeNano } = JSON.parse(line) as {
    Action: string;
    Actor: { ID: string; Attributes: Record<string, string> };
    timeNano: number;
  };
  const code = Actor.Attributes.exitCode;
  return {
    atMs: timeNano / 1e6,
    action: Action.replace(/:.*/s, ''),
    containerId: Actor.ID,
    exitCode: code === undefined ? null : Number(code),
  };
}
