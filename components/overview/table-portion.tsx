import { type CSSProperties, type ReactNode, use } from 'react';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import { nextTurn } from '#lib/client/hooks/use-turn.ts';
import { LiveContext, type LiveContextValue } from '#lib/client/live/live-context.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { isOk } from '#lib/model/status/severity.ts';
import { formatAgeShort } from '#lib/view/format/times.ts';
import { toServiceHref } from '#lib/view/links/to-href.ts';
import { ServiceRow } from './service-row.tsx';

/** Some rows of a table of services. */
export function TablePortion({ serviceIds }: { serviceIds: string[] }) {
  const html = useKeptRows(serviceIds);
  const own = { className: 'services-portion', style: { '--rows': serviceIds.length } as CSSProperties };
  // biome-ignore lint/security/noDangerouslySetInnerHtml: React wrote it.
  if (html !== null) return <tbody {...own} dangerouslySetInnerHTML={{ __html: html }} />;
  return (
    <tbody {...own}>
      {serviceIds.map((id) => (
        <ServiceRow key={id} serviceId={id} />
      ))}
    </tbody>
  );
}

const drawing = typeof window === 'undefined' ? import('react-dom/server') : null;

/**
 * On the server the rows as React writes them, each kept for as long as nothing of it changes: a page of a thousand services
 * would else draw them all for each visit. The browser, to which this gives `null`, finds the elements that it would draw.
 */
function useKeptRows(serviceIds: readonly string[]): string | null {
  const live = useLiveContext();
  if (typeof window !== 'undefined' || drawing === null) return null;
  const { renderToString } = use(drawing);
  const services = serviceIds.flatMap(
    (id) => live.store.readFirst(`service:${id}`) ?? [],
  ) as ServicePicture[];
  const isFar = countAbove(live, serviceIds[0] ?? '', services.length) >= ROWS_WITH_CELLS;
  const own = { live, isFar, renderToString };
  // What has to be drawn has a turn of the event loop of its own.
  if (services.some((service) => readKept(service, own) === null)) use(nextTurn());
  const rows = services.map((service) => readKept(service, own) ?? drawRow(service, own));
  return joinRows(services, rows);
}

/**
 * A cell is most of what a row weighs: ten thousand are two of the three megabytes of such a page. Those of rows further down
 * than the highest screen shows at first come with the script (`ReplicaCells`) where all is well; all else of the row is there
 * without it.
 */
const ROWS_WITH_CELLS = 60;
const above = new WeakMap<LiveContextValue, { rows: number; byFirst: Map<string, number> }>();

/** How many rows of the page are above that of `first`, which begins a portion of `count`. They are drawn from the top. */
function countAbove(live: LiveContextValue, first: string, count: number): number {
  const page = above.get(live) ?? { rows: 0, byFirst: new Map<string, number>() };
  above.set(live, page);
  const known = page.byFirst.get(first);
  if (known !== undefined) return known;
  page.byFirst.set(first, page.rows);
  page.rows += count;
  return page.rows - count;
}

interface KeptRow {
  as: string;
  html: string;
}

// Pictures are immutable and shared in parts.
const kept = new WeakMap<ServicePicture, KeptRow>();
const joined = new WeakMap<ServicePicture, { rows: readonly KeptRow[]; html: string }>();

/** Rows in one text, which is kept with the first of them: a page is made of some long texts, not of copies of many. */
function joinRows(services: readonly ServicePicture[], rows: readonly KeptRow[]): string {
  const [first] = services;
  if (first === undefined) return '';
  const known = joined.get(first);
  if (known?.rows.length === rows.length && known.rows.every((row, at) => row === rows[at]))
    return known.html;
  const html = rows.map((row) => row.html).join('');
  let from = 0;
  for (const row of rows) {
    // Parts of the whole from now on, which is all that is held of them.
    row.html = html.slice(from, from + row.html.length);
    from += row.html.length;
  }
  joined.set(first, { rows, html });
  return html;
}

/** How rows of a portion are drawn. */
interface Drawing {
  live: LiveContextValue;
  /** Nobody sees them at first. */
  isFar: boolean;
  renderToString(element: ReactNode): string;
}

/** What a row shows beside its service: how long ago something was, where its links lead, and whether it has its cells. */
function toAs(service: ServicePicture, { live, isFar }: Drawing): string {
  const age = formatAgeShort(live.renderedAtMs - service.sinceMs);
  return `${age} ${leavesCells(service, isFar)} ${toServiceHref(service.name)}`;
}

function leavesCells({ verdict }: ServicePicture, isFar: boolean): boolean {
  return isFar && isOk(verdict);
}

function readKept(service: ServicePicture, own: Drawing): KeptRow | null {
  const known = kept.get(service);
  return known?.as === toAs(service, own) ? known : null;
}

function drawRow(service: ServicePicture, own: Drawing): KeptRow {
  const { live, isFar, renderToString } = own;
  live.leavesCells = leavesCells(service, isFar);
  try {
    const html = renderToString(
      <LiveContext value={live}>
        <ServiceRow serviceId={service.id} />
      </LiveContext>,
    );
    const row = { as: toAs(service, own), html };
    kept.set(service, row);
    return row;
  } finally {
    live.leavesCells = false;
  }
}
