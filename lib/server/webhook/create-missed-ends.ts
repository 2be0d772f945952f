import type { Timers } from '#lib/flow/timers.ts';
import type { Change } from '#lib/model/contract/change.ts';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Silence } from '#lib/model/contract/silence.ts';
import { isSilenced, silencePicture } from '#lib/model/silences/silence-picture.ts';
import { FIRST_READ_MS } from './create-held-verdicts.ts';
import type { VerdictWatch } from './create-verdict-watch.ts';

/** What holds is sent by then. */
const SENT_MS = 5_000;

/** Silences that were over before anybody looked: what they covered is told where it is still so. */
export interface MissedEnds {
  /** In the place of the watch's own. */
  update: VerdictWatch['update'];
  /** @param done all that they covered was told, as well as what is over by now; it may be never, where the swarm is not read */
  tell(ended: readonly Silence[], done: () => void): void;
}

interface Missed {
  ended: readonly Silence[];
  done(): void;
}

export function createMissedEnds(
  watch: Pick<VerdictWatch, 'update'>,
  { holdMs, setTimer }: Pick<Timers, 'setTimer'> & { holdMs: number },
): MissedEnds {
  let latest: SwarmPicture | null = null;
  let waiting: Missed[] = [];

  /** Shows what was silenced as silenced once more, and then as it is: for the watch their end is now. */
  function tell({ ended, done }: Missed, picture: SwarmPicture): void {
    setTimer(Math.max(holdMs, FIRST_READ_MS) + SENT_MS, done);
    if (ended.length === 0) return;
    const covered = coverAgain(picture, ended);
    const changes = covered.services.flatMap((service, at) =>
      service === picture.services[at] ? [] : [toChange(service)],
    );
    watch.update({ picture: covered, changes });
    watch.update({ picture, changes });
  }

  return {
    update(update) {
      watch.update(update);
      if (!update.picture.ready) return;
      latest = update.picture;
      for (const one of waiting.splice(0)) tell(one, latest);
    },
    tell(ended, done) {
      if (latest === null) waiting = [...waiting, { ended, done }];
      else tell({ ended, done }, latest);
    },
  };
}

/** Whatever is silenced now stays so; what got worse than was to be told is told all the more. */
function coverAgain(picture: SwarmPicture, ended: readonly Silence[]): SwarmPicture {
  const { services, nodes, findings } = silencePicture(
    picture,
    ended.map((one) => ({ ...one, worst: null })),
  );
  return {
    ...picture,
    services: keepSilenced(picture.services, services),
    nodes: keepSilenced(picture.nodes, nodes),
    findings: keepSilenced(picture.findings, findings),
  };
}

const keepSilenced = <T extends Parameters<typeof isSilenced>[0]>(
  now: readonly T[],
  then: readonly T[],
): T[] => now.map((one, at) => (isSilenced(one) ? one : (then[at] ?? one)));

function toChange({ replicas: _, ...service }: ServicePicture): Change {
  return { kind: 'service', service };
}
