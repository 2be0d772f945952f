import { Age } from '#components/live/times.tsx';
import type { SourcePicture } from '#lib/model/contract/picture.ts';
import { isOfSwarm } from '#lib/model/status/managers.ts';
import { lasting } from '#words/pages/status.ts';
import * as words from '#words/pages/waiting.ts';

/** No manager, or no server that a relay reads, has answered yet: what was tried, why it failed, what to do. Goes away by itself. */
export function WaitingForSwarm({ sources }: { sources: SourcePicture[] }) {
  const managers = sources.filter(isOfSwarm);
  const isRelayed = managers.some(({ kind }) => kind === 'server');
  const isTrying = managers.length === 0 || managers.some((source) => source.error === null);
  return (
    <div className="page max-w-[860px]!">
      <section className="panel grid gap-4 p-6">
        <h1 className="text-[22px] font-semibold tracking-tight">
          {isTrying ? words.connecting : isRelayed ? words.noSourceTitle : words.noManagerTitle}
        </h1>
        <p>{isTrying ? words.firstLook : isRelayed ? words.sourceLead : words.triedLead}</p>
        <ul className="grid gap-2.5">
          {managers.map((source) => (
            <SourceReport key={source.endpoint} source={source} />
          ))}
        </ul>
        <div className="grid gap-1.5 text-muted">
          {isRelayed ? (
            <p>
              {words.sourceFrom} <code>VITALS_SWARMS</code>.
            </p>
          ) : (
            <p>
              {words.endpointFrom} <code>VITALS_MANAGERS</code> {words.endpointSeveral}{' '}
              <code>DOCKER_HOST</code>, {words.endpointLocal}{' '}
              <code>-v /var/run/docker.sock:/var/run/docker.sock:ro</code>.
            </p>
          )}
          <p>{isRelayed ? words.keepsTryingSource : words.keepsTrying}</p>
        </div>
      </section>
    </div>
  );
}

/** One endpoint that was tried, and what came of it. */
function SourceReport({ source }: { source: SourcePicture }) {
  const tone = source.error === null ? 's-starting' : 's-unhealthy';
  return (
    <li className={`panel grid gap-1 border-l-4 border-l-tone! bg-bg px-4 py-3 ${tone}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <code className="font-mono text-[13px] font-semibold">{source.endpoint}</code>
        <span className="status-word">
          <span className="status-glyph" aria-hidden="true" />
          {source.error === null ? words.connectingLabel : words.notReached}
        </span>
      </div>
      <p>{source.error ?? words.waiting}</p>
      <p className="text-[13px] text-muted">
        {source.error === null ? words.trying : words.so} {lasting} <Age atMs={source.sinceMs} form="span" />.
      </p>
    </li>
  );
}
