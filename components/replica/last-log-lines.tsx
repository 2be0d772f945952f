'use client';
import { ClockTime } from '#components/live/times.tsx';
import { LogText } from '#components/log/log-text.tsx';
import { useAsked } from '#lib/client/hooks/use-asked.ts';
import { keys } from '#lib/client/live/keys.ts';
import { fetchJson } from '#lib/client/page/fetch-json.ts';
import type { LastLogLines as Words } from '#lib/model/contract/history.ts';
import { parseAnsi } from '#lib/view/terminal/parse-ansi.ts';
import * as words from '#words/pages/replica.ts';
import '#components/log/log.css';
import { stderr } from '#words/pages/pieces.ts';

function toText(raw: string) {
  const segments = parseAnsi(raw);
  return { segments, plain: segments.map(({ text }) => text).join('') };
}

/** The last lines that a dead task wrote, asked for when they are to be seen; stderr is marked. */
export function LastLogLines({ taskId }: { taskId: string }) {
  const { data, error, isLoading } = useAsked<Words>(keys.lastLogLines(taskId), fetchJson<Words>, {
    // Still being read when the task has just died.
    refreshInterval: (known) => (known === undefined || known.lines.length === 0 ? 5000 : 0),
    shouldRetryOnError: false,
  });
  return (
    <section className="last-log-lines" aria-label={words.logTitle}>
      <h3>
        {words.logTitle}
        {data !== undefined && data.lines.length > 0 && (
          <span className="text-faint">{words.logLead(data.lines.length)}</span>
        )}
      </h3>
      {isLoading && <p className="text-faint">{words.readingLog}</p>}
      {error !== undefined && data === undefined && (
        <p className="text-faint">{words.logUnreadable(error.message)}</p>
      )}
      {data?.problem != null && <p className="text-faint">{data.problem}</p>}
      {data !== undefined && data.lines.length === 0 && data.problem === null && (
        <p className="text-faint">{words.wroteNothing}</p>
      )}
      {data !== undefined && data.lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach that.
        <ol tabIndex={0} aria-label={words.logLabel}>
          {data.lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place, and never change.
            <li key={at} data-stream={line.stream}>
              <span className="text-faint">
                {line.atMs === null ? '' : <ClockTime atMs={line.atMs} nearMs={line.atMs} />}
              </span>
              <span className="last-log-stream">{line.stream === 'stderr' ? stderr : ''}</span>
              <span>
                <LogText {...toText(line.text)} query="" />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
