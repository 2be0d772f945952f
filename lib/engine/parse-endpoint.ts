import type { Endpoint, EndpointTls } from './endpoint.ts';
import { EngineError } from './port.ts';

export interface EndpointSettings {
  /** DOCKER_CERT_PATH: when given, `tcp://` speaks TLS with the certificates in this folder. */
  certPath: string | null;
  /** DOCKER_TLS_VERIFY: check the engine's certificate. Without a folder it means TLS by the system's authorities. */
  tlsVerify: boolean;
}

const FORMS = 'Use unix:///path, tcp://host:port, https://host:port or ssh://user@host.';

/**
 * An endpoint as people write it: `unix:///path`, `/path`, `tcp://host:port`, `host:port`, `http://`, `https://`,
 * `ssh://user@host[:port]`. Ports left out are 2375 (2376 with TLS) for tcp, 80 and 443 for http and https.
 *
 * @throws EngineError `config`; the message never repeats credentials
 */
export function parseEndpoint(text: string, settings: EndpointSettings): Endpoint {
  const trimmed = text.trim();
  if (trimmed.startsWith('/')) return toUnix(trimmed);
  if (trimmed.startsWith('unix://')) return toUnix(trimmed.slice('unix://'.length));
  return toRemote(trimmed.includes('://') ? trimmed : `tcp://${trimmed}`, settings);
}

function toUnix(path: string): Endpoint {
  if (!path.startsWith('/')) throw wrong(`unix://${path}`, 'a socket needs an absolute path');
  return { kind: 'unix', display: `unix://${path}`, path };
}

function toRemote(text: string, settings: EndpointSettings): Endpoint {
  const scheme = text.slice(0, text.indexOf(':')).toLowerCase();
  // Other schemes than http are parsed loosely (no default ports, any host), so read all of them as http.
  const url = parseUrl(`http${text.slice(text.indexOf(':'))}`);
  const shown = `${scheme}://${url?.host ?? '…'}`;
  if (url === null || url.hostname === '') throw wrong(shown, 'it has no host, or not a valid one');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw wrong(shown, 'an endpoint has no path after its host and port');
  }
  if (url.password !== '') throw wrong(shown, 'an endpoint holds no password');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = toPort(text, url);
  if (scheme === 'ssh') return toSsh(shown, decodeURIComponent(url.username), host, port);
  if (url.username !== '') throw wrong(shown, 'an endpoint holds no user name, except with ssh');
  if (scheme === 'tcp') {
    const tls = toTls(settings);
    return toTcp('tcp', host, port ?? (tls ? 2376 : 2375), tls);
  }
  if (scheme === 'http') return toTcp('http', host, port ?? 80, null);
  if (scheme === 'https') {
    return toTcp(
      'https',
      host,
      port ?? 443,
      toTls(settings) ?? { certPath: null, verify: true, pinnedCaPath: null },
    );
  }
  throw wrong(shown, `${scheme}:// is not supported`);
}

/** As the docker command: a folder of certificates means TLS, and "verify" alone means it too. */
function toTls({ certPath, tlsVerify }: EndpointSettings): EndpointTls | null {
  return certPath !== null || tlsVerify ? { certPath, verify: tlsVerify, pinnedCaPath: null } : null;
}

function toTcp(scheme: string, host: string, port: number, tls: EndpointTls | null): Endpoint {
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return { kind: 'tcp', display: `${scheme}://${shownHost}:${port}`, host, port, tls };
}

function toSsh(shown: string, user: string, host: string, port: number | null): Endpoint {
  // ssh would read a leading dash as an option.
  if (user.startsWith('-') || host.startsWith('-') || /\s/.test(user))
    throw wrong(shown, 'the user or host is not valid');
  const display = user === '' ? shown : shown.replace('://', `://${user}@`);
  return { kind: 'ssh', display, host, port, user: user || null };
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** `URL` drops a port that is http's own, 80, even when it was written out. */
function toPort(text: string, url: URL): number | null {
  if (url.port !== '') return Number(url.port);
  return /:80\/?$/.test(text) ? 80 : null;
}

function wrong(shown: string, reason: string): EngineError {
  return new EngineError('config', `The endpoint ${shown} cannot be used: ${reason}. ${FORMS}`);
}
