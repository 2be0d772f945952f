import { join } from 'node:path';
import { setMaskPatterns } from '#lib/model/text/masking/mask-text.ts';
import { setBasePath } from '#lib/view/links/to-path.ts';
import { systemClock } from '#lib/watch/clock.ts';
import { hasSessions, isAlone } from './access/access.ts';
import { createGate } from './access/create-gate.ts';
import { setGate } from './access/get-gate.ts';
import { readSurroundings, watchSurroundings } from './access/proxies/watch-surroundings.ts';
import { watchPeers } from './access/sign-outs/watch-peers.ts';
import { type AnswerWatch, watchAnswers } from './access/watch-answers.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { createVitals } from './create-vitals.ts';
import { beginSwarmPaths } from './fleet/current-swarm.ts';
import type { Running } from './fleet/fleet.ts';
import { log } from './log.ts';
import { environment } from './settings/environment.ts';
import { findUnknownSettings } from './settings/find-unknown-settings.ts';
import { createShared } from './shared/create-shared.ts';
import type { Product } from './vitals.ts';

const KEY = Symbol.for('swarm-vitals');

/**
 * Starts the product, once in a process. Bad settings end the process with every problem said; a Docker that cannot be
 * reached does not: that is a state which the page shows.
 */
export async function boot(): Promise<{ running: Running; answers: AnswerWatch }> {
  process.on('unhandledRejection', (reason) => {
    log(
      'error',
      `unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
    );
  });
  try {
    for (const unknown of findUnknownSettings(environment)) log('warn', unknown);
    const config = parseConfig();
    setBasePath(config.basePath);
    setMaskPatterns(config.mask ?? []);
    const warn = (text: string) => log('warn', text);
    const shared =
      config.database === null || config.relays.length > 0
        ? null
        : createShared(config.database, config.webhook !== null, log);
    const gate = createGate(config.access, {
      nowMs: () => performance.now(),
      wallMs: () => Date.now(),
      log: warn,
      installationSecret: config.agentSecret,
      surroundings: readSurroundings(null),
      signOutPath: config.dataFolder === null ? null : join(config.dataFolder, 'signed-out'),
      signOutDatabase: shared?.session ?? null,
    });
    setGate(gate);
    const { peers, mode } = config.access;
    if (peers !== null && hasSessions(mode))
      watchPeers(peers, {
        prepare: gate.askPeer,
        merge: gate.mergeSignOuts,
        log: warn,
        isAlone: isAlone(mode),
      });
    const running =
      config.relays.length === 0 ? toRunning(createVitals(config, shared)) : await relay(config);
    (globalThis as { [KEY]?: Running })[KEY] = running;
    if (config.access.trustedProxies.length > 0)
      watchSurroundings(running.networks, gate.learnSurroundings, warn);
    if (config.relays.length === 0)
      log('info', `Swarm Vitals reads the swarm through ${config.managers.length} manager endpoint(s).`);
    for (const { name, url } of config.relays)
      log('info', `Swarm Vitals relays the swarm ${name} from ${url}.`);
    return { running, answers: watchAnswers(gate) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) log('error', problem);
    process.exit(1);
  }
}

/** Loaded only where it is asked for: the schemas that a source's answers are held against are 3 MB of memory. */
async function relay(config: Config): Promise<Running> {
  const { createRelayedVitals } = await import('./relay/create-relayed-vitals.ts');
  const { relays, build } = config;
  const isOne = relays.length === 1;
  const products = relays.map((source) => ({
    name: source.name,
    product: createRelayedVitals(config, source, { isOne }),
  }));
  const [first] = products;
  if (isOne && first !== undefined) return toRunning(first.product);
  beginSwarmPaths();
  const { createFleet } = await import('./fleet/create-fleet.ts');
  return createFleet({ products, build, clock: systemClock });
}

function toRunning(product: Product): Running {
  const { networks, stats, close } = product;
  return { product: (swarm) => (swarm === null ? product : null), fleet: null, networks, stats, close };
}
