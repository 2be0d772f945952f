import type { Timers } from '#lib/flow/timers.ts';
import type { Change } from '#lib/model/contract/change.ts';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Silence } from '#lib/model/contract/silence.ts';
import { isSilenced, silencePicture } from '#lib/model/silences/silence-picture.ts';
import { FIRST_READ_MS } from './create-held-verdicts.ts';
import type { VerdictWatch } from './create-verdict-watch.ts';

/** What holds is sent by then. */
const SENT_MS = 5_000;
/** And is known to the watch by then. */
const KNOWN_MS = 1_000;

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

/**
 * Shows what was silenced as silenced until the watch knows what else was so at the start, and then as it is: for the watch their
 * end is then, and all its rules hold. Engines, which say most of what is wrong, are mostly read by then.
 */
export function createMissedEnds(
  watch: Pick<VerdictWatch, 'update'>,
  { holdMs, nowMs, setTimer }: Pick<Timers, 'nowMs' | 'setTimer'> & { holdMs: number },
): MissedEnds {
  let latest: SwarmPicture | null = null;
  let readAtMs = 0;
  const waiting: Missed[] = [];
  /** Shown as if they lasted. */
  let lasting: readonly Silence[] = [];
  let covered: ReadonlySet<string> = new Set();

  function begin({ ended, done }: Missed): void {
    if (ended.length === 0) {
      whenSent(done);
      return;
    }
    lasting = [...lasting, ...ended];
    setTimer(holdMs + KNOWN_MS, () => {
      lasting = lasting.filter((one) => !ended.includes(one));
      if (latest !== null) show({ picture: latest, changes: [] });
      whenSent(done);
    });
  }

  /** At the start `unknown` is held for longer. */
  function whenSent(done: () => void): void {
    setTimer(Math.max(holdMs, readAtMs + FIRST_READ_MS - nowMs()) + SENT_MS, done);
  }

  function show({ picture, changes }: Parameters<VerdictWatch['update']>[0]): void {
    const shown = lasting.length === 0 ? picture : coverAgain(picture, lasting);
    const before = covered;
    covered = new Set(shown.services.filter((one, at) => one !== picture.services[at]).map(({ id }) => id));
    const touched = shown.services.filter(({ id }) => covered.has(id) || before.has(id));
    watch.update({ picture: shown, changes: [...changes, ...touched.map(toChange)] });
  }

  return {
    update(update) {
      if (update.picture.ready) {
        if (latest === null) readAtMs = nowMs();
        latest = update.picture;
        for (const one of waiting.splice(0)) begin(one);
      }
      show(update);
    },
    tell(ended, done) {
      if (latest === null) return void waiting.push({ ended, done });
      begin({ ended, done });
      if (ended.length > 0) show({ picture: latest, changes: [] });
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
