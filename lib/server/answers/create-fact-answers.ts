import type { Facts } from '#lib/facts/create-facts.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { findPlaces, NO_PLACES, parsePlaceQuery } from '#lib/model/derive/find-places.ts';
import type { Vitals } from '#lib/server/vitals.ts';

/** What is answered from what was observed, since the picture has it not. */
export function createFactAnswers(
  facts: Pick<Facts, 'nodeOf' | 'services' | 'tasksOf' | 'networks'>,
  picture: () => Pick<SwarmPicture, 'nodes'>,
): Pick<Vitals, 'nodeLabels' | 'places'> {
  return {
    nodeLabels: async () =>
      Object.fromEntries(picture().nodes.map(({ id }) => [id, facts.nodeOf(id)?.labels ?? {}])),
    async places(text, isSeen = () => true) {
      const query = parsePlaceQuery(text);
      if (query === null) return NO_PLACES;
      const services = [...facts.services()].filter(({ id }) => isSeen(id));
      return findPlaces(query, { services, tasksOf: facts.tasksOf, networks: facts.networks() });
    },
  };
}
