import { isIPv6, Socket } from 'node:net';
import { connect as connectTls, createSecureContext, DEFAULT_CIPHERS, type SecureContext } from 'node:tls';
import { setFairTimer } from '#lib/flow/set-fair-timer.ts';
import type { CheckAsk, PortAnswer, PortResult, WrongAnswer } from '#lib/model/docker/port-check.ts';
import { createStatusReader } from './create-status-reader.ts';
import type { Limits } from './limits.ts';

/** An address as it was checked (`mayConnect`), never a name. */
export interface CheckPlace {
  address: string;
  port: number;
}

type Failure = Exclude<PortAnswer, 'answers'>;

type Outcome = Omit<PortResult, 'connectMs'>;

/**
 * One connection, and what is asked through it. Bounded in time and bytes whatever the other side does: of an answer the
 * first line is read, and a little of the rest; a redirect is an answer like any other, and nothing is decompressed. What
 * failed on our own side (no file descriptors) is no result, and while our own work keeps us from reading nobody is late.
 *
 * @returns `null`: it did not come to an end, by `signal` or by us
 */
export function connectOnce(
  { address, port }: CheckPlace,
  ask: CheckAsk,
  limits: Limits,
  signal: AbortSignal,
): Promise<PortResult | null> {
  const beganMs = performance.now();
  const elapsed = () => Math.max(0, Math.round((performance.now() - beganMs) * 10) / 10);
  return new Promise((resolve) => {
    const socket = new Socket();
    let connectedMs: number | null = null;
    const settle = (found: Outcome | null) => {
      timer.cancel();
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(found && { ...found, connectMs: connectedMs });
    };
    const onAbort = () => settle(null);
    const late = () => settle(toLate(ask, connectedMs));
    const timer = setFairTimer(limits.timeoutMs, late);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) return onAbort();
    socket.on('error', (error) => settle(connectedMs !== null ? wrong({ kind: 'cut' }) : toFailure(error)));
    socket.once('connect', () => {
      const ms = elapsed();
      connectedMs = ms;
      if (ask.kind === 'tcp') askEnd(socket, limits.takenMs, ms, settle);
      else if (ask.kind === 'tls') askTls(socket, (result) => settle(result ?? answers(elapsed(), null)));
      else askHttp(socket, toRequest({ address, port }, ask.path), limits, elapsed, settle);
    });
    // A literal address: nothing is looked up.
    socket.connect({ host: address, port, autoSelectFamily: false });
  });
}

const answers = (ms: number, status: number | null): Outcome => ({
  answer: 'answers',
  ms,
  status,
  wrong: null,
});
const failed = (answer: Failure): Outcome => ({ answer, ms: null, status: null, wrong: null });
const wrong = (what: WrongAnswer): Outcome => ({ answer: 'wrong', ms: null, status: null, wrong: what });
const untaken = (ms: number): Outcome => ({ ...answers(ms, null), wrong: { kind: 'silent' } });

function toLate(ask: CheckAsk, connectedMs: number | null): Outcome {
  if (connectedMs === null) return failed('timed-out');
  return ask.kind === 'tcp' ? untaken(connectedMs) : { ...failed('timed-out'), wrong: { kind: 'silent' } };
}

const FAILURES: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'refused',
  ETIMEDOUT: 'timed-out',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
};

/** `null`: it is ours (EMFILE, EADDRNOTAVAIL, EPERM, …) and says nothing of the port. */
function toFailure(error: Error): Outcome | null {
  const answer = FAILURES[(error as NodeJS.ErrnoException).code ?? ''];
  return answer === undefined ? null : failed(answer);
}

/**
 * The kernel makes connections for whoever listens, be it somebody who never takes them: Docker holds each port of the
 * routing mesh so (moby `libnetwork/service_linux.go`, `ingressProxyTbl`), and where its iptables rules are gone, that is
 * what answers. A process that took the connection sees that we ended it, and says something or ends it as well.
 */
function askEnd(socket: Socket, takenMs: number, ms: number, settle: (result: Outcome) => void): void {
  const timer = setFairTimer(takenMs, () => settle(untaken(ms)));
  const taken = () => {
    timer.cancel();
    settle(answers(ms, null));
  };
  socket.removeAllListeners('error');
  socket
    .once('data', taken)
    .once('end', taken)
    .once('error', taken)
    .once('close', () => timer.cancel());
  socket.end();
}

/** Of all handshakes, as Node makes one for each otherwise, which takes a fifth of the time of both. It holds nothing of them. */
let context: SecureContext | null = null;

/**
 * Without a guess at ML-KEM, which costs another fifth: whoever takes nothing else may still ask for it. An OpenSSL that does
 * not know it has none to leave out.
 */
function createHandshakes(): SecureContext {
  const options = { ciphers: DEFAULT_CIPHERS, minVersion: 'TLSv1' } as const;
  try {
    return createSecureContext({
      ...options,
      ecdhCurve: 'X25519:P-256:X25519MLKEM768:P-384:P-521:X448:SecP256r1MLKEM768',
    });
  } catch {
    return createSecureContext(options);
  }
}

/**
 * An alert is TLS: it is refused because we say no name, show no certificate, or speak too new a version. One that has lost
 * its own certificate says the same as those (40 or 80), and is not told from them.
 */
const ALERT = /^ERR_SSL_(?:TLSV1_|.*ALERT)/;

/** The handshake alone. Whose certificate it is, is not our matter: nothing is sent through it. */
function askTls(socket: Socket, settle: (problem: Outcome | null) => void): void {
  context ??= createHandshakes();
  const secure = connectTls({ socket, rejectUnauthorized: false, secureContext: context });
  secure.once('secureConnect', () => settle(null));
  secure.on('error', ({ code = '' }: NodeJS.ErrnoException) =>
    settle(ALERT.test(code) ? null : wrong({ kind: 'no-tls' })),
  );
  secure.once('close', () => settle(wrong({ kind: 'no-tls' })));
}

function toRequest({ address, port }: CheckPlace, path: string): string {
  const host = isIPv6(address) ? `[${address}]` : address;
  return `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUser-Agent: swarm-vitals-check\r\nAccept: */*\r\nConnection: close\r\n\r\n`;
}

function askHttp(
  socket: Socket,
  request: string,
  limits: Limits,
  elapsed: () => number,
  settle: (result: Outcome) => void,
): void {
  const readStatus = createStatusReader(limits.lineBytes);
  let result: Outcome | null = null;
  let isCut = true;
  let bytes = 0;
  let rest: NodeJS.Timeout | null = null;
  const end = (found: Outcome) => {
    if (rest !== null) clearTimeout(rest);
    settle(found);
  };
  socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (result === null) {
      const status = readStatus(chunk.toString('latin1'));
      if (status === 'no-http') return end(wrong({ kind: 'no-http' }));
      isCut = status === 'interim';
      if (typeof status === 'number') {
        const found = toResult(status, elapsed());
        result = found;
        rest = setTimeout(() => end(found), limits.restMs);
      }
    }
    if (bytes >= limits.restBytes) end(result ?? wrong({ kind: 'no-http' }));
  });
  // Whoever said its status has answered, however it ends afterwards.
  socket.removeAllListeners('error');
  socket.on('error', () => end(result ?? wrong({ kind: 'cut' })));
  socket.once('end', () => end(result ?? wrong({ kind: isCut ? 'cut' : 'no-http' })));
  socket.once('close', () => end(result ?? wrong({ kind: 'cut' })));
  socket.write(request);
}

function toResult(status: number, ms: number): Outcome {
  return status >= 200 && status < 400 ? answers(ms, status) : wrong({ kind: 'status', code: status });
}
