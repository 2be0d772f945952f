import { Gone } from '#components/gone/gone.tsx';
import { toPath } from '#lib/view/links/to-path.ts';
import * as en from '#lib/words/en/pages/app.ts';

/** No such service, replica or page. */
export default function NotFound() {
  return (
    <Gone title={en.notInThisSwarm} text={en.thereIsNoSuchService} href={toPath('/')} link="All services" />
  );
}
