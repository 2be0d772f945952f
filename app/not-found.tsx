import { Gone } from '#components/gone/gone.tsx';
import { toPath } from '#lib/view/links/to-path.ts';

/** No such service, replica or page. */
export default function NotFound() {
  return (
    <Gone
      title="Not in this swarm"
      text="There is no such service, replica or page. It may have been removed, or its name has changed."
      href={toPath('/')}
      link="All services"
    />
  );
}
