import type { FleetGap } from '#lib/model/contract/fleet.ts';
import { toFleetPath, toSwarmPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/fleet.ts';

interface FleetPastHeadProps {
  title: string;
  intro: string;
  path: string;
  choices: readonly { query: string; word: string; isOn: boolean }[];
}

/** The head of a list of what was in all swarms, and which of it is shown. */
export function FleetPastHead({ title, intro, path, choices }: FleetPastHeadProps) {
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h1>{title}</h1>
        <nav className="incident-states" aria-label={words.whichLabel}>
          {choices.map(({ query, word, isOn }) => (
            <a key={query} href={toFleetPath(path) + query} aria-current={isOn ? 'true' : undefined}>
              {word}
            </a>
          ))}
        </nav>
      </div>
      <p className="text-muted">{intro}</p>
    </>
  );
}

/** The swarms of which nothing, or not all, is in the list below, and why. */
export function FleetGaps({ gaps }: { gaps: readonly FleetGap[] }) {
  if (gaps.length === 0) return null;
  return (
    <section className="panel px-4 py-3.5" role="status" data-gaps>
      <p>{words.gapsLead}</p>
      <ul className="mt-1 grid gap-1">
        {gaps.map(({ swarm, sentence }) => (
          <li key={swarm} data-gap={swarm}>
            <a className="swarm-tag" href={toSwarmPath(swarm, '/')}>
              {swarm}
            </a>{' '}
            <span className="text-muted">{sentence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
