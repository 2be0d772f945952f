import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import { useZone } from '#lib/client/hooks/use-zone.ts';
import type { Silenced } from '#lib/model/contract/silenced.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { formatUntil } from '#lib/view/format/times.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/silence.ts';

/** Beside a problem: nobody is told of it until then, who wanted that, and why. */
export function SilenceMark({ silenced }: { silenced: Silenced | null | undefined }) {
  if (silenced == null) return null;
  const { untilMs, by, comment } = silenced;
  return (
    <p className="silence-mark" data-silenced={untilMs}>
      <a href={toPath('/silences')}>
        {words.silenced} <Until atMs={untilMs} />
      </a>
      {by !== null && ` ${words.by(by)}`}
      {comment !== '' && `: ${comment}`}
    </p>
  );
}

/** Of what is wrong, or not known: so much nobody is told of for a time. */
export function SilencedCount({ count }: { count: number }) {
  return (
    <>
      {' · '}
      <a className="underline" href={toPath('/silences')} data-silenced-count={count}>
        {words.silencedCount(formatCount(count))}
      </a>
    </>
  );
}

/** A time to come, with its day where that is another one. */
export function Until({ atMs }: { atMs: number }) {
  const zone = useZone();
  const text = useTickingText((nowMs) => formatUntil(atMs, nowMs, zone));
  return <time dateTime={new Date(atMs).toISOString()}>{text}</time>;
}
