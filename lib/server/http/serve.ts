import { parseBasePath } from '#lib/build/parse-base-path.ts';
import { listShownBy } from '#lib/server/answers/list-shown.ts';
import { boot } from '#lib/server/boot.ts';
import { log } from '#lib/server/log.ts';
import { parseSwarms } from '#lib/server/relay/parse-swarms.ts';
import { environment } from '#lib/server/settings/environment.ts';
import { readSettings } from '#lib/server/settings/read-settings.ts';
import { setBasePath } from '#lib/view/links/to-path.ts';
import { createFront } from './create-front.ts';
import { createKeptPages } from './create-kept-pages.ts';
import { loadNext } from './load-next.ts';
import { createStaticFiles } from './serve-static.ts';

/** So long may answers that are under way take when the process is asked to end. */
const END_WITHIN_MS = 2_000;

/**
 * Runs the server until the process is asked to end. It listens first: where the port is taken nothing else is begun.
 *
 * @param folder the built server, or in development the sources
 */
export async function serve(folder: string, development = false): Promise<void> {
  Object.assign(environment, { NODE_ENV: development ? 'development' : 'production' });
  process.chdir(folder);
  const hostname = environment.HOSTNAME || '0.0.0.0';
  // `boot` reports what is wrong with them, with all other problems.
  const settings = readSettings(environment, []);
  const port = settings.port('PORT');
  setBasePath(parseBasePath(settings.text('VITALS_BASE_PATH'), []));
  const swarms = parseSwarms(settings, []).map(({ name }) => name);
  const front = createFront({
    files: development ? null : createStaticFiles(folder),
    log: (text) => log('warn', text),
    swarms: swarms.length > 1 ? swarms : [],
  });
  front.server.on('error', (error) => {
    log('error', `Cannot listen on ${hostname}:${port}: ${error.message}`);
    process.exit(1);
  });
  front.server.listen(port, hostname, async () => {
    const { running, answers } = await boot();
    let isEnding = false;
    for (const [signal, code] of [
      ['SIGTERM', 143],
      ['SIGINT', 130],
    ] as const) {
      process.on(signal, () => {
        if (isEnding) return;
        isEnding = true;
        // Open streams would keep the server from ending, and so would pages that try again on a connection kept alive.
        setTimeout(() => process.exit(code), END_WITHIN_MS);
        void Promise.allSettled([running.close(), front.close()]).then(() => process.exit(code));
      });
    }
    const handle = await loadNext({ folder, hostname, port, development });
    const answerPage = createKeptPages({
      nowMs: () => performance.now(),
      listShown: (request) => (development ? null : listShownBy(running, request.headers)),
    });
    front.open((request, response) => {
      answers.add(request, response);
      return answerPage(request, response, () => handle(request, response));
    }, running.stats);
    log('info', `Listening on http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`);
  });
}
