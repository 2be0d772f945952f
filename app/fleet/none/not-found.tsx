import { FleetFrame } from '#components/fleet/fleet-frame.tsx';
import { FleetList } from '#components/fleet/fleet-list.tsx';
import { Gone } from '#components/gone/gone.tsx';
import { getFleet, isAboveSwarms } from '#lib/server/get-vitals.ts';
import { toFleetPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/fleet.ts';
import { notFoundTitle } from '#words/pages/gone.ts';
import { allSwarms } from '#words/pages/switch.ts';

/** Names the swarms that there are. */
export default async function NoSuchSwarm() {
  const fleet = (await isAboveSwarms()) ? ((await getFleet())?.picture() ?? null) : null;
  const gone = (
    <Gone title={notFoundTitle} text={words.noSuchSwarm} href={toFleetPath('/')} link={allSwarms}>
      {fleet !== null && <FleetList fleet={fleet} />}
    </Gone>
  );
  return fleet === null ? gone : <FleetFrame page={null}>{gone}</FleetFrame>;
}
