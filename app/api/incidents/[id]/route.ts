import { answerRead } from '#lib/server/answers/not-read.ts';
import { notFound, toJson } from '#lib/server/answers/to-json.ts';
import { toMarkdown, toPermalink } from '#lib/server/answers/to-markdown.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { formatIncidentCourse } from '#lib/view/copy/format-incident-course.ts';
import { readName } from '#lib/view/links/read-name.ts';
import { toIncidentHref } from '#lib/view/links/to-href.ts';
import { findSilencedOfIncident } from '#lib/view/silences/silence-subjects.ts';
import * as words from '#words/pages/incident.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/incidents/{id}`: one incident with its course, what changed before it, and its replicas over its time; `?format=md` as Markdown. */
export async function GET(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  const vitals = await getVitals();
  return answerRead(async () => {
    const detail = await vitals.incidents.detail(readName((await route.params).id));
    const { ready, name } = vitals.picture();
    if (detail === null) return notFound(words.noSuchIncident, ready);
    const { incident } = detail;
    if (new URL(request.url).searchParams.get('format') === 'md') {
      const permalink = toPermalink(request, toIncidentHref(incident.id));
      return toMarkdown(formatIncidentCourse(detail, { swarm: name, permalink }));
    }
    const silenced = incident.endedAtMs === null ? findSilencedOfIncident(incident, vitals.picture()) : null;
    return toJson({ ...detail, silenced });
  });
}
