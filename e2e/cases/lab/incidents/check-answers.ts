import { readIncident } from '#e2e/support/read-api.ts';
import type { VitalsServer } from '#e2e/support/start-vitals.ts';
import type { Incident } from '#lib/model/contract/incident.ts';

/** @returns what is not so of an incident that is over: on its page, in the list, as Markdown, and at moments of its course */
export async function checkAnswers(vitals: VitalsServer, incident: Incident): Promise<string[]> {
  const { id, title, course, startedAtMs, endedAtMs } = incident;
  const wrong: string[] = [];
  const expect = (isSo: boolean, what: string) => {
    if (!isSo) wrong.push(what);
  };
  const read = async (path: string) => {
    const answer = await fetch(`${vitals.url}${path}`, { signal: AbortSignal.timeout(20_000) });
    return answer.ok ? toText(await answer.text()) : `status ${answer.status}`;
  };
  const path = `/incidents/${encodeURIComponent(id)}`;
  expect((await read(path)).includes(title), `its page does not say “${title}”`);
  expect((await read('/incidents')).includes(title), 'it is not in the list');
  const markdown = await read(`/api${path}?format=md`);
  expect(markdown.includes(title), `its Markdown does not say “${title}”`);
  for (const part of course) expect(markdown.includes(part), `its Markdown lacks “${part}”`);
  const hasLink = async (atMs: number) => (await read(`/incidents?at=${atMs}`)).includes(id);
  if (endedAtMs !== null && endedAtMs - startedAtMs > 3_000)
    expect(
      await hasLink(Math.round((startedAtMs + endedAtMs) / 2)),
      'it is not in the list of a moment of it',
    );
  expect(!(await hasLink(startedAtMs - 2_000)), 'it is in the list of a moment before it');

  expect(new Set(course).size === course.length, `its course says something twice: ${course.join(' → ')}`);
  const { events, lanes } = await readIncident(vitals, id);
  const said = events.map((event) => JSON.stringify({ ...event, id: null, text: toSeen(event.text) }));
  const twice = said.filter((text, at) => said.indexOf(text) !== at);
  expect(twice.length === 0, `${twice.length} events of it are told twice: ${twice[0]}`);
  expect(
    events.every(({ atMs }, i) => atMs >= (events[i - 1]?.atMs ?? 0)),
    'its events are not in the order of time',
  );
  for (const { serviceName, key, spans } of lanes)
    expect(
      spans.every(
        ({ fromMs }, i) => i === 0 || fromMs >= (spans[i - 1]?.untilMs ?? Number.POSITIVE_INFINITY),
      ),
      `statuses of ${serviceName}.${key} overlap`,
    );
  return wrong;
}

/** The same, whether it was seen or its traces were found. */
function toSeen(text: string): string {
  return text.replace(' (while Swarm Vitals was not running)', '');
}

/** Words of a page as they are read. */
function toText(html: string): string {
  return html.replaceAll('&amp;', '&').replaceAll('&#x27;', "'").replaceAll('<!-- -->', '');
}
