import type { Endpoint } from '#lib/engine/endpoint.ts';
import { EngineError } from '#lib/engine/port.ts';

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Is the engine running, and is the port right?',
  ECONNRESET: 'the connection was broken off.',
  EPIPE: 'the connection was broken off.',
  ETIMEDOUT: 'the host does not answer. Is it up, and does a firewall let us through?',
  EHOSTUNREACH: 'there is no way to that host. Is it up and on a network that we reach?',
  ENETUNREACH: 'there is no way to that network.',
  ENOTFOUND: 'its name is not known. Is it spelled right, and does DNS know it here?',
  EAI_AGAIN: 'its name could not be looked up: the DNS server does not answer.',
};

/** OpenSSL's and Node's words for a certificate that is not good. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME/;

const CLOCKS = 'Are the clocks right, ours and that of who made it?';

/** Turns what Node says of a request that got no answer into a sentence that names what is wrong and what to do. */
export function toNetworkError(error: unknown, endpoint: Endpoint): EngineError {
  if (error instanceof EngineError) return error;
  const { code = '', message = String(error) } = error as NodeJS.ErrnoException;
  if (endpoint.kind === 'tcp' && endpoint.tls === 'psk') {
    const handshake = toHandshakeReason(code, message);
    if (handshake !== null) return handshake(endpoint.display);
  }
  const at = `Cannot reach Docker at ${endpoint.display}`;
  if (endpoint.kind === 'unix') {
    const socket = toSocketReason(code, endpoint.path);
    if (socket !== null) return new EngineError('unreachable', `${at}: ${socket}`);
  }
  if (code === 'HPE_HEADER_OVERFLOW' || code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    return new EngineError(
      'excess',
      `${endpoint.display} answers with more than 16 kB of headers, where Docker sends some 300 bytes.`,
    );
  }
  if (code.startsWith('HPE_')) {
    return new EngineError(
      'garbled',
      `${endpoint.display} answers, but not in HTTP. Does it want TLS (https://)?`,
    );
  }
  if (
    endpoint.kind === 'tcp' &&
    endpoint.tls !== null &&
    endpoint.tls !== 'psk' &&
    endpoint.tls.pinnedCaPath
  ) {
    const reason = toPinnedReason(code, message);
    if (reason !== null)
      return new EngineError('config', `Cannot reach the agent at ${endpoint.display}: ${reason}`);
  }
  const tls = toTlsReason(code, message);
  if (tls !== null) return new EngineError('config', `${at}: ${tls}`);
  const reset =
    code === 'ECONNRESET' && endpoint.kind === 'tcp' && endpoint.tls !== null && endpoint.tls !== 'psk';
  // An engine that refuses our certificate may break off before its reason arrives.
  const hint = reset
    ? ' It may be refusing our TLS certificate: is DOCKER_CERT_PATH the folder for this engine?'
    : '';
  return new EngineError('unreachable', `${at}: ${UNREACHABLE[code] ?? `${message}.`}${hint}`);
}

function toSocketReason(code: string, path: string): string | null {
  if (code === 'ENOENT') {
    return 'there is no such socket. Is Docker running? In a container, mount it: -v /var/run/docker.sock:/var/run/docker.sock:ro';
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return `we may not open it. Run as a user of the group that owns ${path} (docker run --group-add, or user: in a stack).`;
  }
  if (code === 'ECONNREFUSED') return 'the socket is there, but nothing listens on it. Is Docker running?';
  return code === 'ENOTSOCK' ? 'that is not a socket.' : null;
}

/** Why an agent and we did not come to terms (agent-handshake.ts); `null`: that was not the reason. */
function toHandshakeReason(code: string, message: string): ((display: string) => EngineError) | null {
  // Whoever is there has another key than we: its alert, or what we made of its own proof.
  if (/bad record mac|decryption failed|decrypt error/i.test(message))
    return (display) =>
      new EngineError(
        'forbidden',
        `The server's secret and that of the agent at ${display} differ, so neither told the other anything. Give both the same VITALS_AGENT_SECRET, and deploy the stack again.`,
      );
  if (/handshake failure/i.test(message))
    return (display) =>
      new EngineError(
        'config',
        `The agent at ${display} speaks TLS of another kind: where it has a certificate (VITALS_AGENT_CERT_PATH), give the server VITALS_AGENT_CA; else its agent is of another version: deploy the stack again.`,
      );
  const isOther =
    /psk identity|wrong version number|packet length|before secure TLS/i.test(message) ||
    /^(EPROTO|ERR_SSL)/.test(code);
  if (!isOther) return null;
  return (display) =>
    new EngineError(
      'unreachable',
      `What answers at ${display} does not prove the secret: its agent is of another version, or it is none. Deploy the stack again, the server and the agents from one image.`,
    );
}

/** The same of an agent that has a certificate. */
function toPinnedReason(code: string, message: string): string | null {
  if (code === 'CERT_HAS_EXPIRED') return 'its TLS certificate has expired.';
  if (code === 'CERT_NOT_YET_VALID') return `its TLS certificate is not valid yet. ${CLOCKS}`;
  if (CERTIFICATE.test(code))
    return `its TLS certificate is not signed by the authority in VITALS_AGENT_CA (${code}).`;
  return /handshake failure|wrong version number|packet length/i.test(message)
    ? 'it shows no certificate. Give it VITALS_AGENT_CERT_PATH, or take VITALS_AGENT_CA from the server; if it has one, it is of another version: deploy the stack again.'
    : null;
}

function toTlsReason(code: string, message: string): string | null {
  if (code === 'CERT_HAS_EXPIRED') return "the engine's TLS certificate has expired.";
  if (code === 'CERT_NOT_YET_VALID') return `the engine's TLS certificate is not valid yet. ${CLOCKS}`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `the engine's TLS certificate is for another name. ${message}.`;
  }
  if (/wrong version number|packet length too long/i.test(message)) {
    return 'it does not speak TLS. Use http:// or tcp:// without DOCKER_CERT_PATH and DOCKER_TLS_VERIFY.';
  }
  if (/ALERT|alert/.test(`${code} ${message}`)) {
    return 'it refuses our TLS certificate, or wants one. Is DOCKER_CERT_PATH the folder for this engine?';
  }
  if (CERTIFICATE.test(code)) {
    return `its TLS certificate is not signed by an authority we know (${code}). Is ca.pem in DOCKER_CERT_PATH the one for this engine?`;
  }
  return code.startsWith('ERR_SSL') || code.startsWith('ERR_OSSL') || code === 'EPROTO'
    ? `TLS failed: ${message}.`
    : null;
}
