import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';

/** Where the other servers are: one name that leads to all of them, such as `tasks.vitals_server`. */
export interface Peers {
  host: string;
  port: number;
}

export const SIGNED_OUT_PATH = '/api/signed-out';
const EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 4_000;

/**
 * Asks the other servers every 5 s which sessions were signed out there, from now on until the process ends. This one
 * is asked along with them: which of the addresses is its own it need not know.
 *
 * @param hear tells whether an answer was one of ours
 */
export function watchPeers(
  { host, port }: Peers,
  { hear, log }: { hear(told: string): Promise<boolean>; log(text: string): void },
): { close(): void } {
  let trouble = '';
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  async function ask(address: string): Promise<void> {
    const url = `http://${isIPv6(address) ? `[${address}]` : address}:${port}${SIGNED_OUT_PATH}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS), redirect: 'error' });
    if (!response.ok) throw new Error(`${address} answers ${response.status}`);
    if (!(await hear(await response.text()))) throw new Error(`${address} has another password`);
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
    if (now !== '' && now !== trouble)
      log(`VITALS_PEERS: who signs out at another server may be let in here until it answers (${now})`);
    trouble = now;
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
