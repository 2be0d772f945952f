import type { FleetPicture } from '#lib/model/contract/fleet.ts';
import { toSwarmPath } from '#lib/view/links/to-path.ts';

/** The swarms that there are, each with the way to its pages. */
export function FleetList({ fleet }: { fleet: FleetPicture }) {
  return (
    <ul className="grid gap-1" data-fleet>
      {fleet.swarms.map(({ name, state, reason, said }) => (
        <li key={name} data-swarm={name} data-state={state}>
          <a className="text-accent underline" href={toSwarmPath(name, '/')}>
            {name}
          </a>{' '}
          {state === 'live' ? said?.sentence : reason}
        </li>
      ))}
    </ul>
  );
}
