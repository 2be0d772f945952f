import { Age } from '#components/live/times.tsx';
import { ENGINE_LOOKS } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import type { NodePicture } from '#lib/model/contract/picture.ts';

/** Whether a node's engine can be read, and since when. */
export function EngineWords({ engine }: { engine: NodePicture['engine'] }) {
  return (
    <>
      <StatusWord look={ENGINE_LOOKS[engine.state]} />{' '}
      <span className="text-muted whitespace-nowrap">
        for <Age atMs={engine.sinceMs} form="span" />
      </span>
    </>
  );
}
