import { Gone } from '#components/gone/gone.tsx';
import { NearNames } from '#components/gone/near-names.tsx';
import { toPath } from '#lib/view/links/to-path.ts';
import * as gone from '#words/pages/gone.ts';
import * as words from '#words/pages/shell.ts';

/** No service is called so, or its replica is not there. */
export default function ServiceNotFound() {
  return (
    <Gone title={gone.notFoundTitle} text={gone.notFound} href={toPath('/')} link={words.allServices}>
      <NearNames kind="service" />
    </Gone>
  );
}
