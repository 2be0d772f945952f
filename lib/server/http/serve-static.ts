import { readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

const PATH = '/_next/static';
const YEAR_S = 31_536_000;
const HOUR_S = 3_600;

/** Files that hold nothing of anybody's swarm. */
export interface StaticFiles {
  /** Whether this is the address of one, or of one that was never built. */
  isFile(url: string): boolean;
  /** @returns whether it has answered */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
}

/**
 * Answers for the built scripts, styles and fonts, as the build compressed them (`compressFolder`). Next would compress
 * each anew for each visitor, which took a first visit 80 ms of the server's only thread.
 * And for the files of `public`, which hold nothing of anybody's swarm: whoever asks gets them, and a browser asks for
 * its manifest without credentials.
 * What is not among them is left to Next.
 *
 * @param folder where the built server lies, beside its `.next/static` and `public`
 */
export function createStaticFiles(folder: string): StaticFiles {
  const options = {
    brotli: true,
    gzip: true,
    extensions: [],
    setHeaders(response: ServerResponse) {
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    },
  };
  const serveBuilt = sirv(join(folder, '.next', 'static'), {
    ...options,
    dotfiles: true,
    maxAge: YEAR_S,
    immutable: true,
  });
  // sirv lists the folder now, and knows no other file later.
  const servePublic = sirv(join(folder, 'public'), {
    ...options,
    etag: true,
    maxAge: HOUR_S,
  });
  const publicPaths = new Set(readdirSync(join(folder, 'public')).map((name) => `/${name}`));

  function serve(request: IncomingMessage, response: ServerResponse): boolean {
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
  }

  return {
    isFile: (url) => url.startsWith(`${PATH}/`) || publicPaths.has(url.split('?', 1)[0] ?? ''),
    serve,
  };
}
