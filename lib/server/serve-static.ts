import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { beforeNext } from './before-next.ts';

const PATH = '/_next/static';
const YEAR_S = 31_536_000;
const HOUR_S = 3_600;

/**
 * Answers for the built scripts, styles and fonts, as the build compressed them (`compressFolder`). Next would compress
 * each anew for each visitor, which took a first visit 80 ms of the server's only thread.
 * And for the files of `public`, which hold nothing of anybody's swarm: whoever asks gets them, and a browser asks for
 * its manifest without credentials.
 * What is not among them, and all of it in development, is left to Next.
 *
 * @param root where the built server lies, beside its `.next/static` and `public`
 */
export function serveStatic(root: string = process.cwd()): void {
  const folder = join(/* turbopackIgnore: true */ root, '.next', 'static');
  if (!existsSync(join(/* turbopackIgnore: true */ root, 'server.js')) || !existsSync(folder)) return;
  const options = {
    brotli: true,
    gzip: true,
    extensions: [],
    setHeaders: (response: ServerResponse) => response.setHeader('X-Content-Type-Options', 'nosniff'),
  };
  const serveBuilt = sirv(folder, { ...options, dotfiles: true, maxAge: YEAR_S, immutable: true });
  // sirv lists the folder now, and knows no other file later.
  const servePublic = sirv(join(/* turbopackIgnore: true */ root, 'public'), {
    ...options,
    etag: true,
    maxAge: HOUR_S,
  });
  beforeNext('static', (request, response) => {
    const { url = '', method } = request;
    if (method !== 'GET' && method !== 'HEAD') return false;
    let isAnswered = true;
    const pass = () => {
      isAnswered = false;
    };
    if (!url.startsWith(`${PATH}/`)) servePublic(request, response, pass);
    else {
      request.url = url.slice(PATH.length);
      serveBuilt(request, response, pass);
      request.url = url;
    }
    return isAnswered;
  });
}
