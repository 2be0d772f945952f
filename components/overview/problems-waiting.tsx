import { VERDICT_LOOKS } from '#components/status/looks.ts';
import { useService } from '#lib/client/hooks/use-part.ts';
import type { Finding } from '#lib/model/contract/finding.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { describeNodeLoss } from '#words/node-losses.ts';
import * as words from '#words/pages/problem-lines.ts';
import { toLossLook } from './node-loss-article.tsx';

/** What is wrong with the swarm as a whole, or with a node. */
export type Other = { kind: 'swarm'; id: string; of: Finding } | { kind: 'node'; id: string; of: NodeLoss };

interface ProblemsWaitingProps {
  /** What came, the worst first. */
  fresh: readonly string[];
  /** By id what is no service. */
  kept: ReadonlyMap<string, Other>;
  onShow: () => void;
}

/** The worst of what came while the list below stands still, how many more there are, and the way to see them. */
export function ProblemsWaiting({ fresh, kept, onShow }: ProblemsWaitingProps) {
  const other = kept.get(fresh[0] ?? '');
  const service = useService(fresh[0] ?? '');
  const worst = other === undefined ? service && nameService(service) : nameOther(other);
  return (
    <button type="button" className={`problems-waiting ${worst?.className ?? ''}`} onClick={onShow}>
      {worst !== undefined && (
        <>
          <span className="status-glyph" aria-hidden="true" />
          <b title={worst.sentence}>{worst.name}</b> {worst.word}
          {fresh.length > 1 && words.moreFresh(formatCount(fresh.length - 1))}
        </>
      )}
      <span>{worst === undefined ? words.sortAgain : words.showFresh}</span>
    </button>
  );
}

function nameService({ name, verdict, sentence }: ServicePicture) {
  const { className, word } = VERDICT_LOOKS[verdict];
  return { className, name, word: word.toLowerCase(), sentence };
}

function nameOther(other: Other) {
  if (other.kind === 'swarm') {
    const { sentence } = other.of;
    return { className: 's-unhealthy', name: sentence, word: '', sentence };
  }
  const { className, word } = toLossLook(other.of);
  const { sentence } = describeNodeLoss(other.of);
  return { className, name: other.of.hostname, word: word.toLowerCase(), sentence };
}
