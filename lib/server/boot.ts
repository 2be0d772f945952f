import { setBasePath } from '#lib/view/links/base-path.ts';
import { createGate } from './access/create-gate.ts';
import { setGate } from './access/get-gate.ts';
import { stampPeers } from './access/stamp-peers.ts';
import { watchAnswers } from './access/watch-answers.ts';
import { watchPeers } from './access/watch-peers.ts';
import { beforeNext } from './before-next.ts';
import { ConfigError, parseConfig } from './config.ts';
import { createVitals } from './create-vitals.ts';
import { log } from './log.ts';
import { serveBelow } from './serve-below.ts';
import { serveStatic } from './serve-static.ts';
import { environment } from './settings/environment.ts';
import { findUnknownSettings } from './settings/find-unknown-settings.ts';
import type { Vitals } from './vitals.ts';

const KEY = Symbol.for('swarm-vitals');
/** So long may answers that are under way take when the process is told to end. */
const END_WITHIN_MS = 2_000;

/**
 * Starts the product once per process. Bad settings end the process with every problem said; a Docker that cannot be
 * reached does not: that is a state which the page shows.
 */
export function boot(): void {
  const shared = globalThis as { [KEY]?: Vitals };
  if (shared[KEY]) return;
  try {
    for (const unknown of findUnknownSettings(environment)) log('warn', unknown);
    const config = parseConfig();
    setBasePath(config.basePath);
    if (config.basePath !== '') serveBelow();
    serveStatic();
    stampPeers();
    const warn = (text: string) => log('warn', text);
    const gate = createGate(config.access, {
      nowMs: () => performance.now(),
      log: warn,
      installationSecret: config.engines.kind === 'agents' ? config.engines.secret : null,
    });
    setGate(gate);
    const answers = watchAnswers(gate);
    beforeNext('answers', (request, response) => {
      answers.add(request, response);
      return false;
    });
    const { peers, mode } = config.access;
    if (peers !== null && mode.kind === 'password')
      watchPeers(peers, { prepare: gate.askPeer, merge: gate.mergeSignOuts, log: warn });
    shared[KEY] = createVitals(config);
    log('info', `Swarm Vitals reads the swarm through ${config.managers.length} manager endpoint(s).`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) log('error', problem);
    process.exit(1);
  }
  process.on('unhandledRejection', (reason) => {
    log(
      'error',
      `unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
    );
  });
  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    process.once(signal, () => {
      // Open streams would keep the server from ending, and so would pages that try again on a connection kept alive.
      void shared[KEY]?.close();
      setTimeout(() => process.exit(code), END_WITHIN_MS).unref();
    });
  }
}
