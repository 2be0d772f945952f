import type { History } from '#lib/history/create-history.ts';
import { createPostgresSilences } from '#lib/history/silences/create-postgres-silences.ts';
import { createThreadSilences } from '#lib/history/silences/create-thread-silences.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Shared } from '#lib/server/shared/create-shared.ts';
import type { MissedEnds } from '#lib/server/webhook/create-missed-ends.ts';
import type { systemClock } from '#lib/watch/clock.ts';
import { createSilenceAnswers, type SilenceAnswers } from './create-silence-answers.ts';
import { createSilences, type Silences } from './create-silences.ts';
import { watchEnds } from './watch-ends.ts';

const ANOTHERS = 'VITALS_DATABASE_URL names a database that keeps the history of another swarm.';
const IN_MEMORY =
  'Silences are kept in memory: a restart forgets them. Set VITALS_DATA to a folder to keep them.';

/** Silences, kept where the history is. */
export function openSilences(parts: {
  history: Pick<History, 'ask' | 'state'>;
  shared: Pick<Shared, 'session' | 'leadership'> | null;
  clock: Pick<typeof systemClock, 'nowMs' | 'steadyMs' | 'setTimer'>;
  picture(): SwarmPicture;
  /** Whoever is told of problems; `null`: nobody is. */
  tellEnded: MissedEnds['tell'] | null;
}): { answers: SilenceAnswers; subscribe: Silences['subscribe']; close(): void } {
  const { history, shared, clock, picture, tellEnded } = parts;
  const alone = createThreadSilences(history.ask, () => history.state().sentence);
  const store =
    shared === null
      ? alone
      : createPostgresSilences(shared.session, () =>
          shared.leadership.lead().kind === 'apart' ? ANOTHERS : null,
        );
  const silences = createSilences(store, clock);
  // Of several servers what was told is in their database.
  const ends =
    shared === null && tellEnded !== null
      ? watchEnds({ ...clock, store: alone, silences, tell: tellEnded })
      : null;
  const answers = createSilenceAnswers({
    ...{ silences, picture },
    nowMs: clock.nowMs,
    steadyMs: clock.steadyMs,
    inMemory: () => (shared === null && history.state().kind === 'memory' ? IN_MEMORY : null),
  });
  return {
    answers,
    subscribe: silences.subscribe,
    close() {
      ends?.close();
      silences.close();
    },
  };
}
