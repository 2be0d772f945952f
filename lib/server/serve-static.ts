import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sirv from 'sirv';
import { beforeNext } from './before-next.ts';

const PATH = '/_next/static';
const YEAR_S = 31_536_000;

/**
 * Answers for the built scripts, styles and fonts, as the build compressed them (`compressFolder`). Next would compress
 * each anew for each visitor, which took a first visit 80 ms of the server's only thread.
 * What is not among them, and all of it in development, is left to Next.
 *
 * @param root where the built server lies, beside its `.next/static`
 */
export function serveStatic(root: string = process.cwd()): void {
  const folder = join(/* turbopackIgnore: true */ root, '.next', 'static');
  if (!existsSync(join(/* turbopackIgnore: true */ root, 'server.js')) || !existsSync(folder)) return;
  const serve = sirv(folder, {
    brotli: true,
    gzip: true,
    extensions: [],
    dotfiles: true,
    maxAge: YEAR_S,
    immutable: true,
    setHeaders: (response) => response.setHeader('X-Content-Type-Options', 'nosniff'),
  });
  beforeNext('static', (request, response) => {
    const { url = '', method } = request;
    if (!url.startsWith(`${PATH}/`) || (method !== 'GET' && method !== 'HEAD')) return false;
    let isAnswered = true;
    request.url = url.slice(PATH.length);
    serve(request, response, () => {
      isAnswered = false;
    });
    request.url = url;
    return isAnswered;
  });
}
