import { memo } from 'react';
import { Age } from '#components/live/times.tsx';
import { VERDICT_LOOKS } from '#components/status/looks.ts';
import { StatusGlyph } from '#components/status/status-word.tsx';
import { useService } from '#lib/client/hooks/use-part.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { toServiceHref } from '#lib/view/links/to-href.ts';

/** One service of unknown health, with the reason. */
export const UnknownService = memo(function UnknownService({ serviceId }: { serviceId: string }) {
  const service = useService(serviceId);
  if (service === undefined) return null;
  return (
    <li>
      <span className="flex items-baseline gap-2 font-semibold">
        <StatusGlyph look={VERDICT_LOOKS[service.verdict]} />
        <a href={toServiceHref(service.name)}>{service.name}</a>
      </span>
      <span>{keepTogether(service.sentence)}</span>
      <span className="text-muted whitespace-nowrap">
        <Age atMs={service.sinceMs} form="span" />
      </span>
    </li>
  );
});
