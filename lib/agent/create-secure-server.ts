import type { RequestListener } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { AGENT_PROTOCOL, AGENT_TLS, toAgentKey } from '#lib/engine/agent-handshake.ts';
import { https, net } from './builtins.ts';
import { ADMISSION, type Admission, createAdmission, toPeer } from './create-admission.ts';
import type { AgentConfig } from './parse-agent-config.ts';

/** An HTTP server behind an encrypted door: who does not know the secret costs little and not for long. */
export interface SecureServer {
  /** Starts to listen. Rejects when it cannot. @returns the port */
  listen(): Promise<number>;
  /** A request on this connection carried the secret: needed where certificates encrypt, true already where it does. */
  prove(socket: Socket): boolean;
  counts: Admission['counts'];
  close(): Promise<void>;
}

const LIMITS = { maxHeaderSize: 8_192, keepAliveTimeout: 65_000 };

/** @param refused called with who was not let in, and why */
export function createSecureServer(
  config: AgentConfig,
  { nowMs, refused }: { nowMs(): number; refused(from: string, what: string): void },
  onRequest: RequestListener,
): SecureServer {
  const admission = createAdmission({ limits: ADMISSION, nowMs, onDropped: refused });
  const secure = makeServer(config, onRequest);
  secure.on('secureConnection', (socket) => {
    // The handshake was the proof.
    if (config.tls === null) admission.prove(toPeer(socket));
  });
  secure.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    const what = toHandshakeProblem(error.code ?? '');
    if (what !== null) refused(socket.remoteAddress ?? 'unknown', what);
  });
  for (const event of ['clientError', 'upgrade', 'connect'] as const)
    secure.on(event, (_: unknown, socket: Socket) => socket.destroy());
  secure.on('checkContinue', (request) => request.socket.destroy());

  // Connections are looked at before anything is spent on them.
  const front = net.createServer(
    { noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 },
    (socket) => {
      socket.on('error', () => {});
      if (admission.admit(socket)) secure.emit('connection', socket);
    },
  );
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        front.once('error', reject);
        front.listen(config.port, config.host, () => {
          front.off('error', reject);
          const bound = front.address();
          resolve(bound !== null && typeof bound === 'object' ? bound.port : config.port);
        });
      }),
    prove: (socket) => admission.prove(toPeer(socket)),
    counts: admission.counts,
    close: () =>
      new Promise((resolve) => {
        front.close(() => resolve());
        admission.close();
      }),
  };
}

function makeServer({ tls, secret }: AgentConfig, onRequest: RequestListener): HttpsServer {
  if (tls) return https.createServer({ ...LIMITS, ...tls, minVersion: 'TLSv1.2' }, onRequest);
  const key = toAgentKey(secret);
  return https.createServer(
    {
      ...LIMITS,
      ...AGENT_TLS,
      pskIdentityHint: AGENT_PROTOCOL,
      pskCallback: (_socket, identity) => (identity === AGENT_PROTOCOL ? key : null),
    },
    onRequest,
  );
}

/** OpenSSL's reason, in words; `null`: nothing worth logging, such as one that left. */
function toHandshakeProblem(code: string): string | null {
  switch (code) {
    case 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC':
      return "the server's secret and this agent's differ";
    case 'ERR_SSL_HTTP_REQUEST':
      return 'it speaks without encryption, as servers of another version did: deploy the stack again';
    case 'ERR_SSL_PSK_IDENTITY_NOT_FOUND':
      return 'it is a server of another version: deploy the stack again';
    case 'ERR_SSL_NO_SHARED_CIPHER':
    case 'ERR_SSL_UNSUPPORTED_PROTOCOL':
    case 'ERR_SSL_NO_SHARED_SIGNATURE_ALGORITHMS':
      return 'it speaks TLS of another kind than this agent (VITALS_AGENT_CA there, VITALS_AGENT_CERT_PATH here)';
    default:
      return code.startsWith('ERR_SSL')
        ? `no handshake (${code.slice('ERR_SSL_'.length).toLowerCase()})`
        : null;
  }
}
