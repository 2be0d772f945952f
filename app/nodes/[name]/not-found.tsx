import { Gone } from '#components/gone/gone.tsx';
import { NearNames } from '#components/gone/near-names.tsx';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/shell.ts';

/** No node is called so now. */
export default function NodeNotFound() {
  return (
    <Gone title={words.notFoundTitle} text={words.nodeNotFound} href={toPath('/nodes')} link={words.allNodes}>
      <NearNames kind="node" />
    </Gone>
  );
}
