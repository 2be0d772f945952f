import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveAges } from './create-age-tally.ts';
import type { RigServer, ServersRig } from './create-servers-rig.ts';
import { type MessageTally, tallyMessages } from './start-receiver.ts';

export interface ServerFaults {
  /** How often each happened. */
  faults: Record<string, number>;
  /** How long it took until another server led, of those whose leader was lost while PostgreSQL could be reached. */
  takeoversMs: number[];
  messages: MessageTally;
  shown: number;
  missed: string[];
  doubles: string[];
  slowestMs: number;
  startsMs: number[];
  ages: LiveAges | null;
}

/** A takeover is looked for so long; what takes longer is told as that long. */
const TAKEOVER_WITHIN_MS = 30_000;

/** Random faults of servers and of PostgreSQL, one after the other, while replicas turn bad and well again. */
export async function runServerFaults(
  rig: ServersRig,
  { seed, forMs, print }: { seed: number; forMs: number; print(text: string): void },
): Promise<ServerFaults> {
  const random = createRandom(seed);
  const between = (least: number, most: number) => least + random() * (most - least);
  const faults: Record<string, number> = {};
  const takeoversMs: number[] = [];
  let isOver = false;
  const flips = flipOnAndOn(rig, () => isOver);
  const endMs = performance.now() + forMs;
  await rig.waitForLeader(null, 60_000);

  async function loseLeader(
    how: string,
    lose: (leader: RigServer) => Promise<void>,
    mend: (leader: RigServer) => Promise<void>,
  ) {
    const leader = await rig.findLeader();
    if (leader === null) return;
    await lose(leader);
    const took = await rig.waitForLeader(leader, TAKEOVER_WITHIN_MS).catch(() => TAKEOVER_WITHIN_MS);
    takeoversMs.push(took);
    print(`${how}: another one leads after ${(took / 1_000).toFixed(1)} s`);
    await sleep(between(0, 15_000));
    await mend(leader);
  }

  const acts: Record<string, () => Promise<void>> = {
    'leader killed': () =>
      loseLeader(
        'leader killed',
        ({ vitals }) => vitals.kill(),
        ({ vitals }) => vitals.start(),
      ),
    'leader frozen': () =>
      loseLeader(
        'leader frozen',
        async (leader) => rig.freeze(leader),
        async (leader) => rig.thaw(leader),
      ),
    'leader cut off': () =>
      loseLeader(
        'leader cut off',
        async ({ way }) => way.cut(random() < 0.5 ? 'ended' : 'silent'),
        async ({ way }) => way.mend(),
      ),
    'follower killed': async () => {
      const leader = await rig.findLeader();
      const follower = rig.servers.find((one) => one !== leader);
      await follower?.vitals.kill();
      await sleep(between(0, 5_000));
      await follower?.vitals.start();
    },
    'database killed': async () => {
      await rig.postgres.kill();
      await sleep(between(500, 15_000));
      await rig.postgres.start();
    },
    'database frozen': async () => {
      rig.postgres.freeze();
      await sleep(between(500, 15_000));
      rig.postgres.thaw();
    },
    'all cut off': async () => {
      for (const { way } of rig.servers) way.cut(random() < 0.5 ? 'ended' : 'silent');
      await sleep(between(500, 15_000));
      for (const { way } of rig.servers) way.mend();
    },
    'disk full': async () => {
      rig.postgres.fill();
      await sleep(between(2_000, 20_000));
      await rig.postgres.empty();
    },
    'all killed': async () => {
      // What was shown in the last half second may not be on any disk yet.
      for (const { vitals } of rig.servers) await vitals.stop();
      for (const { vitals } of rig.servers) await vitals.start();
    },
  };
  const names = Object.keys(acts);
  while (performance.now() < endMs) {
    await sleep(between(2_000, 12_000));
    const name = names[Math.floor(random() * names.length)] ?? '';
    faults[name] = (faults[name] ?? 0) + 1;
    print(name);
    rig.during(name);
    await acts[name]?.();
    rig.during(`after ${name}`);
  }
  isOver = true;
  await flips;
  await rig.waitForLeader(null, 60_000);
  await sleep(45_000);
  const messages = tallyMessages(rig.received);
  if (messages.open.length > 0)
    print(`told as a problem last: ${messages.open.join(' · ')}; ${await rig.describeMessages()}`);
  return {
    faults,
    takeoversMs,
    messages,
    slowestMs: rig.slowestMs(),
    startsMs: rig.startsMs(),
    ages: rig.ages(),
    ...(await rig.compare()),
  };
}

/** A replica of each of four services fails for a while, and is well for a while. */
async function flipOnAndOn(rig: ServersRig, isOver: () => boolean): Promise<void> {
  const names = await rig.listServices();
  while (!isOver()) {
    for (const service of names.slice(0, 4)) await rig.command('flip', { service, slot: 1, to: 'fail' });
    await sleep(25_000);
    for (const service of names.slice(0, 4)) await rig.command('flip', { service, slot: 1, to: 'own' });
    await sleep(25_000);
  }
}

/** Mulberry32: the same numbers for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
