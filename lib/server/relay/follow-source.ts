import type { Timers } from '#lib/flow/timers.ts';
import type { SourceProblem } from '#lib/model/contract/statement.ts';
import type { RelayedPicture } from '#lib/relay/create-relayed-picture.ts';
import type { SourceLink } from '#lib/relay/create-source-link.ts';
import { createSourceStream } from '#lib/relay/create-source-stream.ts';
import type { RelaySource } from '#lib/relay/source.ts';
import { log } from '#lib/server/log.ts';
import { english } from '#lib/words/english.ts';

/**
 * Follows the stream of the source into the picture, and logs each time that it is read or not, with the reason.
 *
 * @param onRead it is read, and was not before
 */
export function followSource(
  { link, source }: { link: Pick<SourceLink, 'get'>; source: Pick<RelaySource, 'name' | 'url'> },
  relayed: Pick<RelayedPicture, 'source' | 'onMessage' | 'onProblem'>,
  onRead: () => void,
  clock: Timers & { steadyMs(): number; random(): number },
): { close(): void } {
  let logged: SourceProblem['kind'] | null = 'connecting';
  return createSourceStream(
    link,
    {
      onMessage(message) {
        const wasRead = relayed.source().isRead;
        relayed.onMessage(message);
        if (wasRead || !relayed.source().isRead) return;
        logged = null;
        log('info', `The swarm ${source.name} is read from ${source.url}.`);
        onRead();
      },
      onProblem(problem) {
        relayed.onProblem(problem);
        if (logged === problem.kind) return;
        logged = problem.kind;
        log('warn', `The swarm ${source.name} is not read from ${source.url}: ${english.source(problem)}`);
      },
    },
    clock,
  );
}
