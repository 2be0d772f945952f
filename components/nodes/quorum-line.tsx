import type { Look } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import type { Quorum, QuorumState } from '#lib/model/contract/quorum.ts';
import * as en from '#lib/words/en/pages/nodes.ts';

const LOOKS: Record<QuorumState, Look> = {
  safe: { word: 'Quorum safe', className: 's-healthy' },
  single: { word: 'One manager', className: 's-running' },
  edge: { word: en.quorumAtItsEdge, className: 's-failing' },
  lost: { word: 'Quorum lost', className: 's-unhealthy' },
  unknown: { word: 'Quorum unknown', className: 's-unknown' },
};

/** How far the managers are from losing the swarm, in a sentence. */
export function QuorumLine({ quorum }: { quorum: Quorum }) {
  return (
    <p data-quorum={quorum.state}>
      <StatusWord look={LOOKS[quorum.state]} /> <span>{quorum.sentence}</span>
    </p>
  );
}
