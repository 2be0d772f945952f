import { fetchJson } from '#lib/client/page/fetch-json.ts';
import type { PlacesPage } from '#lib/model/contract/place.ts';
import { parsePlaceQuery } from '#lib/model/derive/find-places.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { useAsked } from './use-asked.ts';

/** Who has the port or the address, or is on a network of the name, that is typed; `null`: it is none, or not answered yet. */
export function usePlaces(text: string): PlacesPage | null {
  const query = text.trim();
  const url = parsePlaceQuery(query) === null ? null : toPath(`/api/places?q=${encodeURIComponent(query)}`);
  const { data } = useAsked<PlacesPage>(url, fetchJson<PlacesPage>, { shouldRetryOnError: false });
  return data ?? null;
}
