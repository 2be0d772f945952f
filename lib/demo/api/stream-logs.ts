import type { ServerResponse } from 'node:http';
import type { SimContainer, SimNode, World } from '#lib/demo/world.ts';
import { findContainer } from './answer.ts';
import { ApiError } from './api-error.ts';
import { isAtLeast } from './engine-releases.ts';
import { formatTime } from './format-time.ts';
import { parseEventTime } from './parse-event-time.ts';
import type { Target } from './parse-target.ts';

/** `GET /containers/{id}/logs`: a container without a terminal, so every line has Docker's 8-byte head. */
export function streamLogs(
  world: World,
  node: SimNode,
  { path, query, apiVersion }: Target,
  response: ServerResponse,
): void {
  const container = findContainer(node, path.split('/')[2] ?? '');
  const isOn = (name: string) => ['1', 'true'].includes(query.get(name) ?? '');
  if (!isOn('stdout') && !isOn('stderr')) {
    throw new ApiError(400, 'Bad parameters: you must choose at least one stream');
  }
  const nowMs = world.timeline.nowMs();
  const sinceMs = parseEventTime(query.get('since'), nowMs) ?? 0;
  const untilMs = parseEventTime(query.get('until'), nowMs) ?? Number.POSITIVE_INFINITY;
  const tail = /^\d+$/.test(query.get('tail') ?? '') ? Number(query.get('tail')) : null;

  const write = (atMs: number) => {
    const { stream, text } = toLogLine(container, atMs);
    if (!isOn(stream)) return;
    const stamp = isOn('timestamps') ? `${formatTime(atMs)} ` : '';
    response.write(toFrame(stream, `${stamp}${text}\n`));
  };
  response.setHeader(
    'Content-Type',
    isAtLeast(apiVersion, '1.42')
      ? 'application/vnd.docker.multiplexed-stream'
      : 'application/vnd.docker.raw-stream',
  );
  response.flushHeaders();
  const times = toLogTimes(container, nowMs).filter((atMs) => atMs >= sinceMs && atMs <= untilMs);
  let lastMs = times.at(-1) ?? nowMs;
  for (const atMs of tail === null ? times : times.slice(Math.max(0, times.length - tail))) write(atMs);
  if (!isOn('follow') || container.state !== 'running') {
    response.end();
    return;
  }
  const follow = () =>
    world.timeline.after(container.task.service.plan.logEveryMs, () => {
      if (response.destroyed) return;
      if (!node.frozen) {
        for (const atMs of toLogTimes(container, world.timeline.nowMs())) if (atMs > lastMs) write(atMs);
        lastMs = world.timeline.nowMs();
      }
      if (container.state !== 'running') return void response.end();
      follow();
    });
  follow();
}

function toFrame(stream: 'stdout' | 'stderr', text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(8);
  head.writeUInt8(stream === 'stdout' ? 1 : 2, 0);
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}

/** What a container is remembered to have said, at most. */
const KEPT = 200;

export interface SimLogLine {
  stream: 'stdout' | 'stderr';
  text: string;
}

/** When the container wrote a line so far, oldest first: one as it started, one at each beat, one as it ended. */
function toLogTimes({ startedAtMs, finishedAtMs, task }: SimContainer, nowMs: number): number[] {
  if (startedAtMs === null) return [];
  const everyMs = task.service.plan.logEveryMs;
  const endMs = Math.min(nowMs, finishedAtMs ?? nowMs);
  const first = Math.max(1, Math.floor((endMs - startedAtMs) / everyMs) - KEPT);
  const times = [startedAtMs];
  for (let atMs = startedAtMs + first * everyMs; atMs < endMs; atMs += everyMs) times.push(atMs);
  if (finishedAtMs !== null && finishedAtMs <= nowMs) times.push(finishedAtMs);
  return times;
}

/** The same moment always says the same. What begins with `! ` in the plan goes to stderr. */
function toLogLine(container: SimContainer, atMs: number): SimLogLine {
  const { startedAtMs, finishedAtMs, exitCode, oomKilled, task } = container;
  const { name, logLines } = task.service.plan;
  if (atMs === startedAtMs) return { stream: 'stdout', text: `${name} ${task.tag} is starting` };
  if (atMs === finishedAtMs) {
    if (oomKilled || exitCode === 137) return { stream: 'stderr', text: 'Killed' };
    if (exitCode === 0) return { stream: 'stdout', text: 'received SIGTERM, shutting down' };
    return { stream: 'stderr', text: `\u001b[1;31mfatal\u001b[0m ${name}: giving up, exit ${exitCode}` };
  }
  const line = logLines[Math.floor(atMs / task.service.plan.logEveryMs) % logLines.length] ?? '';
  return line.startsWith('! ') ? { stream: 'stderr', text: line.slice(2) } : { stream: 'stdout', text: line };
}
