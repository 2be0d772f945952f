'use client';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import { formatAge } from '#lib/view/format/format-age.ts';
import { formatAgeShort } from '#lib/view/format/format-age-short.ts';
import { formatMoment } from '#lib/view/format/format-moment.ts';
import { formatSpan } from '#lib/view/format/format-span.ts';

interface AgeProps {
  atMs: number;
  /** `ago`: 2 min 14 s ago; `short`: 2 min ago; `span`: 2 min 14 s. */
  form?: 'ago' | 'short' | 'span';
}

const FORMS = { ago: formatAge, short: formatAgeShort, span: formatSpan };

/** How long ago something was, ticking; the moment itself is on the title (LocalTitles puts it in local time). */
export function Age({ atMs, form = 'ago' }: AgeProps) {
  const text = useTickingText((nowMs) => FORMS[form](nowMs - atMs));
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatMoment(atMs, 'utc')}>
      {text}
    </time>
  );
}
