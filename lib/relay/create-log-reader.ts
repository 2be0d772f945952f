import type { IncomingMessage } from 'node:http';
import { EngineError, type LogReader, type LogStream, type OpenLogOptions } from '#lib/engine/port.ts';
import type { SourceProblem } from '#lib/model/contract/statement.ts';
import type { LogLine } from '#lib/model/docker/log-line.ts';
import type { LogMessage } from '#lib/wire/log-message.ts';
import { logMessageSchema, logSchema } from '#lib/wire/schema/log-schema.ts';
import { loosen } from '#lib/wire/schema/loosen.ts';
import { readAnswer, type SourceLink } from './create-source-link.ts';
import { parseJson } from './parse-json.ts';
import { findStatusProblem, SourceError, toSourceProblem } from './source.ts';
import { readUnlessSilent, unlessSilent } from './unless-silent.ts';

/** Whose log a container's is, as the source's API has it. */
export interface LogPlace {
  serviceName: string;
  key: string;
  taskId: string;
}

const answerSchema = loosen(logSchema);
const messageSchema = loosen<LogMessage>(logMessageSchema);
const ANSWER_WITHIN_MS = 15_000;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const MAX_LINE_BYTES = 8 * 1024 * 1024;
/** The source asks for no more at once. */
const MAX_TAIL = 1_000;

/**
 * Container logs, read of the source as an engine's are: each followed once, whoever looks at it.
 *
 * @param findPlace `null`: nobody asked for the log of this container
 */
export function createLogReader(
  link: Pick<SourceLink, 'get'>,
  {
    findPlace,
    word,
    quietMs,
  }: {
    findPlace(containerId: string): LogPlace | null;
    word(problem: SourceProblem): string;
    /** Given up on when nothing comes for so long. */
    quietMs?: number;
  },
): LogReader {
  const toError = (error: unknown): EngineError => {
    if (error instanceof EngineError) return error;
    const problem = toSourceProblem(error);
    return new EngineError('http', word(problem), problem.kind === 'status' ? problem.status : null);
  };

  async function open(containerId: string, query: string, ending: AbortController): Promise<IncomingMessage> {
    const place = findPlace(containerId);
    if (place === null) throw new EngineError('http', 'This log is not known any more.', 404);
    const asked = link.get(`${toLogPath(place)}&${query}`, {}, ending.signal);
    const response = await unlessSilent(asked, ending, quietMs);
    const problem = findStatusProblem(response.statusCode ?? 0);
    if (problem === null) return response;
    const said = await unlessSilent(readAnswer(response, 64 * 1024), ending, quietMs).catch(() => '');
    throw new EngineError('http', readSaid(said) ?? word(problem), response.statusCode ?? null);
  }

  return {
    async readLog(containerId, { tail, sinceMs, untilMs, maxLineChars }) {
      try {
        const query = `tail=${Math.min(tail ?? MAX_TAIL, MAX_TAIL)}`;
        const ending = new AbortController();
        const response = await open(containerId, query, ending);
        const text = await unlessSilent(readAnswer(response, MAX_ANSWER_BYTES), ending, ANSWER_WITHIN_MS);
        const answer = answerSchema.safeParse(parseJson(text));
        if (!answer.success) throw new SourceError({ kind: 'not-understood', at: 'log' });
        const failed = answer.data.sources.find(({ error }) => error !== null);
        if (failed?.error != null) throw new EngineError('http', failed.error);
        return answer.data.lines
          .filter(({ atMs }) => atMs >= (sinceMs ?? 0) && atMs <= (untilMs ?? Number.POSITIVE_INFINITY))
          .map(({ taskId: _, ...line }): LogLine => cutLine(line, maxLineChars));
      } catch (error) {
        throw toError(error);
      }
    },
    openLog(containerId, options) {
      const ending = new AbortController();
      const query = `follow=1&tail=${Math.min(options.tail ?? MAX_TAIL, MAX_TAIL)}`;
      let response: IncomingMessage | null = null;
      let isOver = false;
      const end = (error: EngineError | null) => {
        if (isOver) return;
        isOver = true;
        ending.abort();
        options.onClose(error);
      };
      void open(containerId, query, ending)
        .then(async (opened) => {
          response = opened;
          const chunks = readUnlessSilent(opened, ending, quietMs);
          await readMessages(chunks, () => isOver, options, end);
          // It closed without a word of how the log stands: that is no end of the container's.
          end(toError(new SourceError({ kind: 'cut' })));
        })
        .catch((error: unknown) => end(toError(error)));
      const stream: LogStream = {
        pause: () => response?.pause(),
        resume: () => response?.resume(),
        close() {
          isOver = true;
          ending.abort();
        },
      };
      return stream;
    },
  };
}

/** The address of a task's log in the API. */
export function toLogPath({ serviceName, key, taskId }: LogPlace): string {
  const names = `${encodeURIComponent(serviceName)}/${encodeURIComponent(key)}`;
  return `/api/services/${names}/log?task=${encodeURIComponent(taskId)}`;
}

async function readMessages(
  chunks: AsyncIterable<Uint8Array>,
  isOver: () => boolean,
  { sinceMs, onOpen, onBytes, onLines }: OpenLogOptions,
  onEnd: (error: EngineError | null) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  let isOpen = false;
  const take = (message: LogMessage) => {
    if (message.kind === 'lines') {
      const lines = message.lines.filter(({ atMs }) => atMs >= (sinceMs ?? 0));
      if (lines.length > 0) onLines(lines);
    } else if (message.kind === 'skipped') {
      // Asked for again, with the newest lines: who follows it sees whether any are missing.
      onEnd(new EngineError('http', 'The source left lines out.'));
    } else if (message.kind === 'sources') {
      const [source] = message.sources;
      if (source?.state === 'following' && !isOpen) {
        isOpen = true;
        onOpen?.();
      } else if (source?.state === 'failed') onEnd(new EngineError('http', source.error ?? ''));
      else if (source?.state === 'ended') onEnd(null);
    }
  };
  for await (const chunk of chunks) {
    if (isOver()) return;
    onBytes?.(chunk.byteLength);
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_BYTES) throw new SourceError({ kind: 'too-large' });
    for (const line of lines) {
      if (isOver()) return;
      if (line === '') continue;
      const parsed = messageSchema.safeParse(parseJson(line));
      if (!parsed.success) throw new SourceError({ kind: 'not-understood', at: 'log' });
      take(parsed.data);
    }
  }
}

function cutLine(line: LogLine, maxChars: number | undefined): LogLine {
  if (maxChars === undefined || line.text.length <= maxChars) return line;
  return { ...line, text: line.text.slice(0, maxChars), truncated: true };
}

function readSaid(text: string): string | null {
  try {
    const said = (JSON.parse(text) as { error?: unknown } | null)?.error;
    return typeof said === 'string' ? said.slice(0, 500) : null;
  } catch {
    return null;
  }
}
