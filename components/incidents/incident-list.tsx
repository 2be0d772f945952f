import { HistoryNotice, isHistoryTroubled } from '#components/history/history-notice.tsx';
import type { IncidentsPage } from '#lib/model/contract/incident.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { noneReadable } from '#words/pages/history.ts';
import * as words from '#words/pages/incidents.ts';
import { IncidentRow } from './incident-row.tsx';

interface IncidentListProps {
  page: IncidentsPage;
  /** What the address asks for, without its place in the list. */
  query: string;
  isBack: boolean;
  atMs: number;
}

/** Incidents, the newest first, and the way to older ones. */
export function IncidentList({ page, query, isBack, atMs }: IncidentListProps) {
  const { incidents, more, history } = page;
  const last = incidents.at(-1);
  const toHref = (before: string | null) => {
    const params = new URLSearchParams(query);
    if (before !== null) params.set('before', before);
    return toPath(`/incidents${params.size > 0 ? `?${params}` : ''}`);
  };
  return (
    <>
      {isHistoryTroubled(history) && <HistoryNotice history={history} />}
      {incidents.length === 0 ? (
        <p className="panel p-6 text-muted">
          {isHistoryTroubled(history) && noneReadable}
          {!isHistoryTroubled(history) && (query === '' && !isBack ? words.noneYet : words.noneMatch)}
        </p>
      ) : (
        <ol className="panel incidents-all">
          {incidents.map((incident) => (
            <IncidentRow key={incident.id} incident={incident} nowMs={atMs} />
          ))}
        </ol>
      )}
      <p className="flex gap-6">
        {isBack && (
          <a className="text-accent" href={toHref(null)}>
            {words.newest}
          </a>
        )}
        {more && last !== undefined && (
          <a className="text-accent" href={toHref(last.id)}>
            {words.older}
          </a>
        )}
      </p>
      {!isHistoryTroubled(history) && <HistoryNotice history={history} />}
    </>
  );
}
