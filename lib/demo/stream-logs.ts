import type { ServerResponse } from 'node:http';
import { findContainer } from './answer.ts';
import { ApiError } from './api-error.ts';
import { formatTime } from './format-time.ts';
import type { Target } from './parse-target.ts';
import type { SimContainer, SimNode, World } from './world.ts';

const EVERY_MS = 7_000;
const KEPT = 200;

/** `GET /containers/{id}/logs`: a container without a terminal, so every line has Docker's 8-byte head. */
export function streamLogs(
  world: World,
  node: SimNode,
  { path, query }: Target,
  response: ServerResponse,
): void {
  const container = findContainer(node, path.split('/')[2] ?? '');
  const isOn = (name: string) => ['1', 'true'].includes(query.get(name) ?? '');
  if (!isOn('stdout') && !isOn('stderr')) {
    throw new ApiError(400, 'Bad parameters: you must choose at least one stream');
  }
  const write = (atMs: number) => {
    if (!isOn('stdout')) return;
    const stamp = isOn('timestamps') ? `${formatTime(atMs)} ` : '';
    response.write(toFrame(`${stamp}${toLine(container, atMs)}\n`));
  };
  response.setHeader('Content-Type', 'application/vnd.docker.multiplexed-stream');
  response.flushHeaders();
  const nowMs = world.timeline.nowMs();
  const tail = Math.min(KEPT, Number(query.get('tail') ?? KEPT) || KEPT);
  const startedAtMs = container.startedAtMs ?? nowMs;
  const endMs = container.finishedAtMs ?? nowMs;
  const firstMs = Math.max(startedAtMs, endMs - (tail - 1) * EVERY_MS);
  for (let atMs = firstMs; atMs <= endMs; atMs += EVERY_MS) write(atMs);
  if (!isOn('follow') || container.state !== 'running') {
    response.end();
    return;
  }
  const follow = () =>
    world.timeline.after(EVERY_MS, () => {
      if (response.destroyed) return;
      if (container.state !== 'running') return void response.end();
      if (!node.frozen) write(world.timeline.nowMs());
      follow();
    });
  follow();
}

/** The same moment always says the same. */
function toLine({ task }: SimContainer, atMs: number): string {
  const lines = task.service.plan.logLines;
  return lines[Math.floor(atMs / EVERY_MS) % lines.length] ?? '';
}

function toFrame(text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(8);
  head.writeUInt8(1, 0);
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}
