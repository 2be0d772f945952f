import { answerRead } from '#lib/server/answers/not-read.ts';
import { notFound, toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readName } from '#lib/view/links/read-name.ts';
import { findSilencedOfIncident } from '#lib/view/silences/silence-subjects.ts';
import * as words from '#words/pages/incident.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/incidents/{id}`: one incident with its course, what changed before it, and its replicas over its time. */
export async function GET(_request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  const vitals = await getVitals();
  return answerRead(async () => {
    const detail = await vitals.incidents.detail(readName((await route.params).id));
    if (detail === null) return notFound(words.noSuchIncident, vitals.picture().ready);
    const { incident } = detail;
    const silenced = incident.endedAtMs === null ? findSilencedOfIncident(incident, vitals.picture()) : null;
    return toJson({ ...detail, silenced });
  });
}
