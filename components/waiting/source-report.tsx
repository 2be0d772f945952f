import { Age } from '#components/live/age.tsx';
import type { SourcePicture } from '#lib/model/contract/picture.ts';

/** One endpoint that was tried, and what came of it. */
export function SourceReport({ source }: { source: SourcePicture }) {
  const tone = source.error === null ? 's-starting' : 's-unhealthy';
  return (
    <li className={`panel grid gap-1 border-l-4 border-l-tone! bg-bg px-4 py-3 ${tone}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <code className="font-mono text-[13px] font-semibold">{source.endpoint}</code>
        <span className="status-word">
          <span className="status-glyph" aria-hidden="true" />
          {source.error === null ? 'Connecting' : 'Not reached'}
        </span>
      </div>
      <p>{source.error ?? 'Waiting for the first answer.'}</p>
      <p className="text-[13px] text-muted">
        {source.error === null ? 'Trying' : 'So'} for <Age atMs={source.sinceMs} form="span" />.
      </p>
    </li>
  );
}
