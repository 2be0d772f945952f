import { Age } from '#components/live/times.tsx';
import { SilenceMark } from '#components/silences/silence-mark.tsx';
import { Hint } from '#components/ui/hint.tsx';
import type { Finding } from '#lib/model/contract/finding.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import * as words from '#words/pages/overview.ts';
import { noLongerSaid } from '#words/pages/problem-lines.ts';
import { lasting } from '#words/pages/status.ts';

/** What is wrong with the swarm as a whole, which services and nodes suffer from. */
export function SwarmArticle({
  finding: { cause, sentence, evidence, hint, sinceMs, silenced },
  isOver,
}: {
  finding: Finding;
  /** Nobody says so any more: it is over, or nobody knows. */
  isOver: boolean;
}) {
  return (
    <article className={`panel problem ${isOver ? 's-stopping' : 's-unhealthy'}`} data-swarm={cause}>
      <div className="problem-text">
        <h3>{words.theSwarm}</h3>
        <p>{keepTogether(sentence)}</p>
        {evidence !== null && <p className="text-muted">{evidence.text || evidence.label}</p>}
        <Hint text={hint} />
        <SilenceMark silenced={silenced} />
      </div>
      <div className="problem-state text-muted">
        <span>
          {isOver ? noLongerSaid : `${lasting} `}
          {!isOver && <Age atMs={sinceMs} form="span" />}
        </span>
      </div>
    </article>
  );
}

/** What is worth knowing of the swarm as a whole. */
export function SwarmNotices({ findings }: { findings: readonly Finding[] }) {
  const notices = findings.filter(({ level }) => level === 'notice');
  if (notices.length === 0) return null;
  return (
    <ul className="panel hint grid! gap-1.5! s-unknown text-[13px]" aria-label={words.swarmNotices}>
      {notices.map(({ cause, sentence, hint }) => (
        <li key={cause} data-swarm={cause}>
          {keepTogether(sentence)} {hint !== null && <span className="text-muted">{hint}</span>}
        </li>
      ))}
    </ul>
  );
}
