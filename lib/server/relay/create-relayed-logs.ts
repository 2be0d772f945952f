import type { Timers } from '#lib/flow/timers.ts';
import { LOG_LIMITS } from '#lib/logs/limits.ts';
import type { LogTarget } from '#lib/logs/log-target.ts';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { SourceProblem } from '#lib/model/contract/statement.ts';
import { createLogReader, type LogPlace, toLogPath } from '#lib/relay/create-log-reader.ts';
import type { SourceLink } from '#lib/relay/create-source-link.ts';
import { findStatusProblem, SourceError, toSourceProblem } from '#lib/relay/source.ts';
import { readUnlessSilent, unlessSilent } from '#lib/relay/unless-silent.ts';
import { createLogAccess, type LogAccess } from '#lib/server/create-log-access.ts';

const MAX_PLACES = 2_000;
const MAX_DETAILS = 20;
const MAX_DOWNLOADS = 3;
/** An engine that stalls is given up there sooner. */
const DOWNLOAD_QUIET_MS = 60_000;
/** Each is a request that lasts, of a token that has 64 of these at the source, for its stream and all questions, too. */
const RELAYED_LIMITS = { ...LOG_LIMITS, feeds: 12, containersRead: 4 };

/** Container logs of a relay: read of its source, each followed once for all who look at it here. */
export function createRelayedLogs(options: {
  link: Pick<SourceLink, 'get'>;
  picture(): SwarmPicture;
  readService(name: string): Promise<ServiceDetail | null>;
  word(problem: SourceProblem): string;
  timers: Timers;
}): LogAccess {
  const { link, picture, readService, word, timers } = options;
  const places = new Map<string, LogPlace>();
  const details = new Map<string, ServiceDetail>();
  let downloads = 0;
  const reader = createLogReader(link, { findPlace: (id) => places.get(id) ?? null, word });
  const access = createLogAccess({
    clientOf: () => reader,
    picture,
    serviceDetail: (name) => details.get(name) ?? null,
    timers,
    limits: RELAYED_LIMITS,
  });

  function remember(name: string, targets: LogTarget[]): void {
    const service = picture().services.find((one) => one.name === name || one.id === name);
    if (service === undefined) return;
    for (const { containerId, key, taskId } of targets) {
      places.delete(containerId);
      places.set(containerId, { serviceName: service.name, key, taskId });
    }
    keepNewest(places, MAX_PLACES);
  }

  /** As the source writes it: a log read here, line by line, would end after a thousand of them. */
  async function* download(path: string, ending: AbortController): AsyncGenerator<Uint8Array, void> {
    try {
      const response = await unlessSilent(link.get(path, {}, ending.signal), ending, DOWNLOAD_QUIET_MS);
      const problem = findStatusProblem(response.statusCode ?? 0);
      if (problem !== null) throw new SourceError(problem);
      yield* readUnlessSilent(response, ending, DOWNLOAD_QUIET_MS);
      if (!response.complete) throw new SourceError({ kind: 'cut' });
    } catch (error) {
      yield new TextEncoder().encode(`# ${word(toSourceProblem(error))}\n`);
    } finally {
      ending.abort();
    }
  }

  function openDownload(path: string): ReadableStream<Uint8Array> {
    const ending = new AbortController();
    downloads += 1;
    ending.signal.addEventListener('abort', () => (downloads -= 1), { once: true });
    return toStream(download(path, ending), ending);
  }

  return {
    ...access,
    async prepare({ name, key, taskId }) {
      const service = picture().services.find((one) => one.name === name || one.id === name);
      const shown = service?.replicas.filter((one) => key === null || one.key === key) ?? [];
      // What runs is in the picture; whatever was before it is not.
      const isKnown = shown.every((one) => one.containerId !== null && one.taskState === 'running');
      if (service === undefined || (isKnown && taskId === null)) return;
      const detail = await readService(name).catch(() => null);
      if (detail === null) return;
      details.delete(name);
      details.set(name, detail);
      keepNewest(details, MAX_DETAILS);
    },
    targets(subject) {
      const targets = access.targets(subject);
      if (targets !== null) remember(subject.name, targets);
      return targets;
    },
    logs: {
      ...access.logs,
      text({ targets, tail }) {
        const [first] = targets;
        const place = first && places.get(first.containerId);
        if (place === undefined) return new Blob([]).stream();
        if (downloads >= MAX_DOWNLOADS) return null;
        const service = `/api/services/${encodeURIComponent(place.serviceName)}/log?`;
        const path = targets.length === 1 ? `${toLogPath(place)}&` : service;
        return openDownload(`${path}format=text&tail=${tail ?? 'all'}`);
      },
    },
  };
}

/** @param ending when whoever reads it leaves, also while nothing comes */
function toStream(
  pieces: AsyncGenerator<Uint8Array, void>,
  ending: AbortController,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => ending.abort(),
  });
}

function keepNewest<V>(map: Map<string, V>, max: number): void {
  for (const oldest of map.keys()) if (map.size > max) map.delete(oldest);
}
