import { useEffect, useState } from 'react';
import type { PlacesPage } from '#lib/model/contract/place.ts';
import { toPath } from '#lib/view/links/to-path.ts';

/** What may be a port, an address or the name of a network; the server knows. */
const LIKE_A_PLACE = /^[\w:./-]{2,64}$/;

interface Placed {
  /** `null`: nothing is known of any. */
  text: string | null;
  ids: ReadonlySet<string>;
}

/**
 * The services that publish the port, have the address or are on the network that is typed; `null`: it is none of these, or
 * not answered yet. It asks by itself and not as pages of details do: the overview loads nothing of those.
 *
 * @param initial what the server found for the address that the page was opened with; `null`: it could not say
 */
export function usePlacedServices(
  text: string,
  initial: readonly string[] | null,
): ReadonlySet<string> | null {
  const [placed, setPlaced] = useState<Placed>({
    text: initial === null ? null : text,
    ids: new Set(initial),
  });
  const isAsked = LIKE_A_PLACE.test(text) && placed.text !== text;
  useEffect(() => {
    if (!isAsked) return;
    const gone = new AbortController();
    void findServices(text, gone.signal).then(
      (ids) => setPlaced({ text, ids }),
      () => undefined,
    );
    return () => gone.abort();
  }, [text, isAsked]);
  return placed.text === text ? placed.ids : null;
}

async function findServices(text: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const response = await fetch(toPath(`/api/places?q=${encodeURIComponent(text)}`), { signal });
  if (!response.ok) throw new Error(`It answers ${response.status}.`);
  const { serviceIds } = (await response.json()) as PlacesPage;
  return new Set(serviceIds);
}
