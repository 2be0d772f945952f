import { NodeLossArticle } from './node-loss-article.tsx';
import type { Other } from './problems-waiting.tsx';
import { SwarmArticle } from './swarm-findings.tsx';

/** What is wrong with the swarm as a whole, or with a node: rare, and so not needed for the first look. */
export function OtherArticle({ one, isOver }: { one: Other; isOver: boolean }) {
  return one.kind === 'swarm' ? (
    <SwarmArticle finding={one.of} isOver={isOver} />
  ) : (
    <NodeLossArticle loss={one.of} isOver={isOver} />
  );
}
