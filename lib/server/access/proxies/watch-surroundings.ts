import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import type { Surroundings } from './proxy-trust.ts';

const AGAIN_MS = 5_000;
const EVERY_MS = 60_000;

/** What this process sees by itself of the networks that it is in. */
export function readSurroundings(networks: readonly DockerNetwork[] | null): Surroundings {
  return {
    networks,
    own: Object.values(networkInterfaces()).flatMap((list) => list ?? []),
    inContainer: existsSync('/.dockerenv'),
  };
}

/**
 * Asks Docker for its networks now and each minute, every 5 s until it answers: a network can be made, and a server be
 * put on another one, at any time. What it said last counts while it does not answer.
 *
 * @param read the networks that the engines of the managers know
 */
export function watchSurroundings(
  read: () => Promise<DockerNetwork[]>,
  learn: (surroundings: Surroundings) => void,
  log: (text: string) => void,
): { close(): void } {
  let known: DockerNetwork[] | null = null;
  let problem = '';
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  async function run(): Promise<void> {
    try {
      known = await read();
      problem = '';
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (text !== problem && known === null)
        log(
          `VITALS_TRUSTED_PROXIES: Docker does not tell its networks, so no proxy near by is trusted: ${text}`,
        );
      problem = text;
    }
    learn(readSurroundings(known));
    if (!closed) timer = setTimeout(run, problem === '' ? EVERY_MS : AGAIN_MS).unref();
  }

  void run();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
