import { Gone } from '#components/gone/gone.tsx';
import { NearNames } from '#components/gone/near-names.tsx';
import { toPath } from '#lib/view/links/to-path.ts';
import * as gone from '#words/pages/gone.ts';

/** No node is called so now. */
export default function NodeNotFound() {
  return (
    <Gone title={gone.notFoundTitle} text={gone.nodeNotFound} href={toPath('/nodes')} link={gone.allNodes}>
      <NearNames kind="node" />
    </Gone>
  );
}
