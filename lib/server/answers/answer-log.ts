import type { LogExcerpt } from '#lib/logs/create-logs.ts';
import type { LogTarget } from '#lib/logs/log-target.ts';
import { mergeExcerpts } from '#lib/logs/merge-excerpts.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { toLogFileName } from '#lib/view/terminal/log-names.ts';
import { answerStream } from './answer-stream.ts';
import { notFound, toJson } from './to-json.ts';

const MAX_TAIL = 1_000;
const DEFAULT_TAIL = 100;
/** What one turn of the thread can make an answer of while others hardly notice. */
const MAX_BYTES = 4_000_000;

/** Unlike JSON and pages it is not to be held back: no-transform keeps it from being compressed. */
const STREAMED = {
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
};

/**
 * Answers for the log of a service (`key` null) or of a replica: as JSON, followed (`?follow=1`) or as a text to keep
 * (`?format=text`). `?tail=` lines of each container, `?task=` one task of the replica.
 */
export async function answerLog(request: Request, name: string, key: string | null): Promise<Response> {
  const vitals = await getVitals();
  const { logs: access } = vitals;
  if (access === null) {
    return toJson({ error: 'Container logs are switched off on this server (VITALS_LOGS=off).' }, 403);
  }
  const query = new URL(request.url).searchParams;
  const subject = { name, key, taskId: key === null ? null : query.get('task') };
  await access.prepare(subject);
  const targets = access.targets(subject);
  if (targets === null) return notFound(toMissing(name, key, subject.taskId), vitals.picture().ready);
  if (query.get('format') === 'text') {
    const tail = query.get('tail') === null || query.get('tail') === 'all' ? null : toTail(query);
    const nameOf = ({ key: own, hostname, slot }: LogTarget) => `${name}.${slot ?? hostname ?? own}`;
    const file = toLogFileName(name, key, new Date());
    const headers = {
      ...STREAMED,
      'content-disposition': `attachment; filename="${file}"`,
      'content-type': 'text/plain; charset=utf-8',
    };
    return answerStream(request, headers, () => access.logs.text({ targets, nameOf, tail }) ?? tooMany());
  }
  if (query.get('follow') === '1') {
    const tail = toTail(query);
    const followed = { targets: () => access.targets(subject), tail, signal: request.signal };
    const headers = { ...STREAMED, 'content-type': 'application/x-ndjson' };
    return answerStream(request, headers, () => access.logs.follow(followed) ?? tooMany());
  }
  const excerpts = await access.logs.read(targets, toTail(query), request.signal);
  return excerpts === null ? tooMany() : toJson(toAnswer(excerpts));
}

function toAnswer(excerpts: LogExcerpt[]) {
  const sources = excerpts.map(({ target: { taskId, key, slot, hostname }, error }) => ({
    taskId,
    key,
    slot,
    hostname,
    error,
  }));
  return { atMs: Date.now(), sources, ...mergeExcerpts(excerpts, MAX_BYTES) };
}

function toTail(query: URLSearchParams): number {
  const asked = Number(query.get('tail') ?? DEFAULT_TAIL);
  return Number.isInteger(asked) && asked >= 0 ? Math.min(asked, MAX_TAIL) : DEFAULT_TAIL;
}

function tooMany(): Response {
  return toJson({ error: 'Too many logs are read on this server at once. Try again later.' }, 503);
}

function toMissing(name: string, key: string | null, taskId: string | null): string {
  if (key === null) return `There is no service "${name}" now.`;
  if (taskId === null) return `Service "${name}" has no replica "${key}" now.`;
  return `Replica "${key}" of "${name}" has no task "${taskId}" whose container is known.`;
}
