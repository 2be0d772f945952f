import { Age } from '#components/live/times.tsx';
import { Until } from '#components/silences/silence-mark.tsx';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import type { FleetProblem } from '#lib/model/contract/fleet.ts';
import { toFleetProblemHref } from '#lib/view/fleet/to-fleet-href.ts';
import type { FleetProblemRow, FleetView } from '#lib/view/fleet/to-fleet-view.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import * as words from '#words/pages/fleet.ts';
import * as silence from '#words/pages/silence.ts';
import { toFleetProblemLook } from './swarm-looks.ts';

/** What is wrong in all swarms, the worst first, each with the swarm that has it. */
export function FleetProblems({ view }: { view: FleetView }) {
  const { problems, problemCount, problemSwarms } = view;
  const more = problemCount - problems.length;
  return (
    <section className="panel min-w-0" aria-labelledby="fleet-problems">
      <div className="panel-title">
        <h2 id="fleet-problems">{words.worstProblems}</h2>
        {problemCount > 0 && (
          <span className="text-[13px] text-muted">{words.countProblems(problemCount, problemSwarms)}</span>
        )}
      </div>
      {problems.length === 0 ? (
        <p className="px-4 py-3.5 text-muted">{words.noProblems}</p>
      ) : (
        <ul className="fleet-problems">
          {problems.map((row) => (
            <ProblemLine key={`${row.swarm} ${row.problem.id}`} row={row} />
          ))}
        </ul>
      )}
      {more > 0 && <p className="panel-foot">{words.moreProblems(more)}</p>}
    </section>
  );
}

function ProblemLine({ row: { swarm, problem } }: { row: FleetProblemRow }) {
  const look = toFleetProblemLook(problem);
  const { kind, name, sentence, sinceMs, counts } = problem;
  const about = counts ?? (kind === 'node' ? words.node : null);
  return (
    <li className={look.className} data-problem={problem.id} data-of={swarm} data-known={problem.isBad}>
      <span className="swarm-tag" title={swarm}>
        {swarm}
      </span>
      <div className="fleet-problem">
        <p>
          <a href={toFleetProblemHref(swarm, problem)}>{name}</a>
          {about !== null && <span className="text-muted"> {about}</span>}
        </p>
        <p className="text-muted">{keepTogether(sentence)}</p>
        {problem.silencedUntilMs !== undefined && (
          <p className="silence-mark">
            {silence.silenced} <Until atMs={problem.silencedUntilMs} />
          </p>
        )}
      </div>
      <ProblemCells problem={problem} />
      <div className="fleet-state">
        <StatusWord look={look} />
        {sinceMs !== null && (
          <small>
            {words.since} <Age atMs={sinceMs} form="span" />
          </small>
        )}
      </div>
    </li>
  );
}

/** Its replicas, the worst first; up to six have a cell each, then what is well is one with its number. */
function ProblemCells({ problem: { cells, replicas } }: { problem: FleetProblem }) {
  if (replicas === 0) return <span />;
  const shown =
    replicas > MAX_CELLS ? cells.filter((status) => status !== 'healthy' && status !== 'running') : cells;
  const drawn = shown.slice(0, MAX_CELLS);
  const rest = replicas - drawn.length;
  return (
    <span
      className="cells fleet-cells"
      role="img"
      aria-label={words.cellsLabel(
        drawn.map((status) => STATUS_LOOKS[status].word.toLowerCase()),
        rest,
      )}
    >
      {drawn.map((status, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their place.
        <i key={at} className={`cell ${STATUS_LOOKS[status].className}`} />
      ))}
      {rest > 0 && <span className="fleet-rest">+{formatCount(rest)}</span>}
    </span>
  );
}

const MAX_CELLS = 6;
