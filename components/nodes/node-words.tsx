'use client';

import { useState } from 'react';
import { Age } from '#components/live/times.tsx';
import { ENGINE_LOOKS, type Look, STATUS_LOOKS } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { Quorum, QuorumState } from '#lib/model/contract/quorum.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { toStatusPlaces } from '#lib/view/node/status-places.ts';
import * as words from '#words/pages/nodes.ts';
import { lasting } from '#words/pages/status.ts';

/** Whether a node's engine can be read, and since when. */
export function EngineWords({ engine }: { engine: NodePicture['engine'] }) {
  return (
    <>
      <StatusWord look={ENGINE_LOOKS[engine.state]} />{' '}
      <span className="text-muted whitespace-nowrap">
        {lasting} <Age atMs={engine.sinceMs} form="span" />
      </span>
    </>
  );
}

/** How many replicas are in each status, the others worst first, as glyphs and words. */
export function StatusCounts({ counts }: { counts: Partial<Record<ReplicaStatus, number>> }) {
  const [held, setHeld] = useState<readonly ReplicaStatus[]>([]);
  const places = toStatusPlaces(held, counts);
  if (places.join() !== held.join()) setHeld(places);
  if (places.every((status) => !counts[status])) return <span className="text-faint">{words.none}</span>;
  return (
    <span className="status-counts">
      {places.map((status) => {
        const look = STATUS_LOOKS[status];
        const text = `${formatCount(counts[status] ?? 0)} ${look.word.toLowerCase()}`;
        return (
          <span key={status} className={counts[status] ? undefined : 'invisible'}>
            <StatusWord look={look} text={text} />
          </span>
        );
      })}
    </span>
  );
}

const LOOKS: Record<QuorumState, Look> = {
  safe: { word: words.quorumSafe, className: 's-healthy' },
  single: { word: words.oneManager, className: 's-running' },
  edge: { word: words.quorumEdge, className: 's-failing' },
  lost: { word: words.quorumLost, className: 's-unhealthy' },
  unknown: { word: words.quorumUnknown, className: 's-unknown' },
};

/** How far the managers are from losing the swarm, in a sentence. */
export function QuorumLine({ quorum }: { quorum: Quorum }) {
  return (
    <p data-quorum={quorum.state}>
      <StatusWord look={LOOKS[quorum.state]} /> <span>{quorum.sentence}</span>
    </p>
  );
}
