import { usePicture } from '#lib/client/hooks/use-live.ts';
import type { Finding } from '#lib/model/contract/finding.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { toNodeHref } from '#lib/view/links/to-href.ts';
import { explainedBy } from '#words/pages/status.ts';

/** The finding of a node that explains these, with the way there; nothing where none does. */
export function RootLine({ findings }: { findings: readonly Finding[] }) {
  const root = findRoot(usePicture(), findings);
  if (root === null) return null;
  return (
    <p data-root={root.cause}>
      {explainedBy}{' '}
      <a className="text-accent underline" href={toNodeHref(root.nodeId)}>
        {root.hostname}
      </a>
      : {keepTogether(root.sentence)}
    </p>
  );
}

function findRoot(
  picture: SwarmPicture | null,
  findings: readonly Finding[],
): { cause: string; nodeId: string; hostname: string; sentence: string } | null {
  for (const { because } of findings) {
    if (because?.subject.kind !== 'node') continue;
    const { nodeId } = because.subject;
    const node = picture?.nodes.find(({ id }) => id === nodeId);
    const finding = node?.findings.find(({ cause }) => cause === because.cause);
    if (node && finding)
      return { cause: finding.cause, nodeId, hostname: node.hostname, sentence: finding.sentence };
  }
  return null;
}
