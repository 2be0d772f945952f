import { type CSSProperties, type ReactNode, use } from 'react';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import { nextTurn } from '#lib/client/hooks/use-turn.ts';
import { LiveContext, type LiveContextValue } from '#lib/client/live/live-context.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
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
  // What has to be drawn has a turn of the event loop of its own.
  if (services.some((service) => readKept(service, live) === null)) use(nextTurn());
  return services
    .map((service) => readKept(service, live) ?? drawRow(service, live, renderToString))
    .join('');
}

// Pictures are immutable and shared in parts.
const kept = new WeakMap<ServicePicture, { as: string; html: string }>();

/** What a row shows beside its service: how long ago something was, and where its links lead. */
function toAs({ name, sinceMs }: ServicePicture, { renderedAtMs }: LiveContextValue): string {
  return `${formatAgeShort(renderedAtMs - sinceMs)} ${toServiceHref(name)}`;
}

function readKept(service: ServicePicture, live: LiveContextValue): string | null {
  const known = kept.get(service);
  return known?.as === toAs(service, live) ? known.html : null;
}

function drawRow(
  service: ServicePicture,
  live: LiveContextValue,
  renderToString: (element: ReactNode) => string,
): string {
  const html = renderToString(
    <LiveContext value={live}>
      <ServiceRow serviceId={service.id} />
    </LiveContext>,
  );
  kept.set(service, { as: toAs(service, live), html });
  return html;
}
