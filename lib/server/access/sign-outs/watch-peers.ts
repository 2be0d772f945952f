import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { toPath } from '#lib/view/links/to-path.ts';
import type { PeerAsk } from './peer-proof.ts';

/** Where the other servers are: one name that leads to all of them, such as `tasks.vitals_server`. */
export interface Peers {
  host: string;
  port: number;
}

export const SIGNED_OUT_PATH = '/api/signed-out';
const EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 4_000;
/** Twice what 20,000 sessions take. */
const MAX_ANSWER_BYTES = 4_000_000;
const OTHER_KEY = 'another password or agent secret, or a clock that is minutes off';
const LATE = 'who signs out at another server may be let in here until it answers';
const OWN_KEY =
  'without VITALS_OIDC_CLIENT_SECRET a session is of one server alone, and whoever comes to another has to sign in again';

/**
 * Asks the other servers every 5 s which sessions were signed out there, from now on until the process ends. This one
 * is asked along with them: which of the addresses is its own it need not know.
 *
 * @param prepare what proves to the other side who asks
 * @param merge takes an answer; returns whether it was one of ours
 */
export function watchPeers(
  { host, port }: Peers,
  {
    prepare,
    merge,
    log,
    isAlone = false,
  }: {
    prepare(): Promise<PeerAsk>;
    merge(sealed: string, answerKey: string): Promise<boolean>;
    log(text: string): void;
    /** No other server has its key, whatever all are given. */
    isAlone?: boolean;
  },
): { close(): void } {
  let problem = '';
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  async function ask(address: string): Promise<void> {
    const url = `http://${isIPv6(address) ? `[${address}]` : address}:${port}${toPath(SIGNED_OUT_PATH)}`;
    const { headers, answerKey } = await prepare();
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const response = await fetch(url, { signal, redirect: 'error', headers });
    if (response.status === 404)
      throw new Error(`${address} does not know us${isAlone ? '' : `: ${OTHER_KEY}`}`);
    if (!response.ok) throw new Error(`${address} answers ${response.status}`);
    if (!(await merge(await readText(response, address), answerKey)))
      throw new Error(`${address} answers what we cannot read: ${OTHER_KEY}`);
  }

  async function round(): Promise<void> {
    const addresses = await lookup(host, { all: true });
    const results = await Promise.allSettled(addresses.map(({ address }) => ask(address)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  async function run(): Promise<void> {
    const now = await round().then(
      () => '',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    if (now !== '' && now !== problem) log(`VITALS_PEERS: ${isAlone ? OWN_KEY : LATE} (${now})`);
    problem = now;
    if (!closed) timer = setTimeout(run, EVERY_MS).unref();
  }

  void run();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

/** Whoever has an address of ours may answer: no more is read than an answer can be. */
async function readText(response: Response, address: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw new Error(`${address} answers more than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('latin1');
}
