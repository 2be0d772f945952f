import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { ENCODINGS } from './encodings.ts';

const PATH = '/_next/static';
const YEAR_S = 31_536_000;
const HOUR_S = 3_600;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
/** Files that hold nothing of anybody's swarm. */
export interface StaticFiles {
  /** Whether this is the address of one, or of one that was never built. */
  isFile(url: string): boolean;
  /** @returns whether it has answered */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
}

interface File {
  /** `null`: its name says what it is, and it never changes. */
  etag: string | null;
  /** Each way to send it; as it is comes last. */
  ways: { isTaken: RegExp | null; headers: Record<string, string | number>; bytes: Buffer }[];
}

/**
 * Answers for the built scripts, styles and fonts, as the build compressed them (`compressFolder`). Next would compress
 * each anew for each visitor, which took a first visit 80 ms of the server's only thread.
 * And for the files of `public`, which hold nothing of anybody's swarm: whoever asks gets them, and a browser asks for
 * its manifest without credentials.
 *
 * All of them, some 2 MB, are read at the start: no address leads to anything else, none is opened for a stranger, and
 * a process that may open no more files serves them still. What is not among them is left to Next.
 *
 * @param folder where the built server lies, beside its `.next/static` and `public`
 */
export function createStaticFiles(folder: string): StaticFiles {
  const files = new Map([
    ...readFiles(join(folder, '.next', 'static'), `${PATH}/`),
    ...readFiles(join(folder, 'public'), '/'),
  ]);

  function find(url: string): File | null {
    const [path = ''] = url.split('?', 1);
    return files.get(path.includes('%') ? decode(path) : path) ?? null;
  }

  return {
    isFile: (url) => url.startsWith(`${PATH}/`) || find(url) !== null,
    serve({ method, url = '', headers }, response) {
      const file = method === 'GET' || method === 'HEAD' ? find(url) : null;
      if (file === null) return false;
      if (file.etag !== null && isNamed(file.etag, headers['if-none-match'])) {
        response.writeHead(304, { etag: file.etag, 'cache-control': toCaching(file.etag) }).end();
        return true;
      }
      const takes = String(headers['accept-encoding'] ?? '');
      const way = file.ways.find(({ isTaken }) => isTaken === null || isTaken.test(takes));
      if (way === undefined) return false;
      response.writeHead(200, way.headers).end(method === 'HEAD' ? undefined : way.bytes);
      return true;
    },
  };
}

/** Those below a folder by their addresses, without what is hidden, and with what the build put beside each. */
function readFiles(folder: string, path: string): [string, File][] {
  const isBuilt = path !== '/';
  const names = readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) => {
    const file = join(entry.parentPath, entry.name);
    return entry.isFile() ? [file.slice(folder.length + 1)] : [];
  });
  const all = new Map(
    names
      .filter((name) => isBuilt || !/(^|\/)\./.test(name))
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
  const isBeside = (name: string) =>
    ENCODINGS.some(({ ending }) => name.endsWith(ending) && all.has(name.slice(0, -ending.length)));
  return [...all].flatMap(([name, bytes]): [string, File][] => {
    if (isBeside(name)) return [];
    const etag = isBuilt ? null : `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    const headers = {
      'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
      'cache-control': toCaching(etag),
      ...(etag !== null && { etag }),
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    };
    const ways: File['ways'] = ENCODINGS.flatMap(({ name: encoding, ending, isTaken }) => {
      const packed = all.get(`${name}${ending}`);
      if (packed === undefined) return [];
      return [{ isTaken, bytes: packed, headers: { ...headers, 'content-encoding': encoding } }];
    });
    ways.push({ isTaken: null, bytes, headers });
    for (const way of ways) way.headers['content-length'] = way.bytes.length;
    return [[`${path}${name}`, { etag, ways }]];
  });
}

function toCaching(etag: string | null): string {
  return etag === null ? `public,max-age=${YEAR_S},immutable` : `public,max-age=${HOUR_S}`;
}

function isNamed(etag: string, header: string | undefined): boolean {
  return header?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag) ?? false;
}

/** The whole path, once: what still is an escape afterwards names no file. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
