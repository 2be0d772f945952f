import type { LogSource } from '#lib/client/log/log-entry.ts';
import * as words from '#words/pages/log.ts';

interface LogReplicasProps {
  names: ReadonlyMap<string, string>;
  sources: readonly LogSource[];
  hidden: ReadonlySet<string>;
  onToggle(key: string): void;
}

const WORDS: Record<LogSource['state'], string> = {
  opening: 'asking',
  following: '',
  ended: 'stopped',
  failed: words.unreadable,
};

/** The replicas in a service's log: each can be left out. */
export function LogReplicas({ names, sources, hidden, onToggle }: LogReplicasProps) {
  return (
    <ul className="log-replicas" aria-label={words.replicasLabel}>
      {[...names].map(([key, name], at) => {
        const source = sources.findLast((one) => one.key === key);
        const word = source ? WORDS[source.state] : '';
        return (
          <li key={key}>
            <button
              type="button"
              aria-pressed={!hidden.has(key)}
              title={source?.error ?? source?.hostname ?? undefined}
              onClick={() => onToggle(key)}
            >
              <span className="log-from" data-from={at % 6}>
                {name}
              </span>
              {word !== '' && (
                <span className={source?.state === 'failed' ? 'log-bad' : 'text-muted'}>{word}</span>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
