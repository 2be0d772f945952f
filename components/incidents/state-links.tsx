import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/incidents.ts';

const STATES = [
  [null, words.all],
  ['open', words.state.open],
  ['over', words.state.over],
] as const;

/** All of them, those that last, or those that are over. */
export function StateLinks({ query }: { query: string }) {
  const now = new URLSearchParams(query).get('state');
  return (
    <nav className="incident-states" aria-label={words.stateLabel}>
      {STATES.map(([state, word]) => {
        const params = new URLSearchParams(query);
        if (state === null) params.delete('state');
        else params.set('state', state);
        return (
          <a
            key={word}
            href={toPath(`/incidents${params.size > 0 ? `?${params}` : ''}`)}
            aria-current={now === state ? 'true' : undefined}
          >
            {word}
          </a>
        );
      })}
    </nav>
  );
}
