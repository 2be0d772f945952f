import type { AccessConfig } from '#lib/server/access/access.ts';
import { toForwardedAddress, type Visitor } from '#lib/server/access/visitor.ts';
import { createProxyTrust, type Doubt, type Surroundings, toDoubtSentence } from './proxy-trust.ts';

/** Whose word about a visitor counts: that of the other end, where it is a proxy that is trusted. */
export interface ProxyWord {
  isTrusted(address: string | null): boolean;
  /** Whom to count tries against: the person behind a proxy that we trust, else the other end. */
  fromOf(visitor: Visitor): string;
  /** Why the word of the proxy that it came from does not count; `null`: it does, or there is none. */
  findDoubt(visitor: Visitor): string | null;
  /** What is known of the networks around from now on. */
  learn(surroundings: Surroundings): void;
}

export function createProxyWord(
  config: Pick<AccessConfig, 'trustedProxies' | 'sureProxies'>,
  surroundings: Surroundings,
  log: (text: string) => void,
): ProxyWord {
  const proxies = { networks: config.trustedProxies, sure: config.sureProxies };
  let trust = createProxyTrust(proxies, surroundings);
  const doubted = new Set<string>();
  const isTrusted = (address: string | null) => trust.isTrusted(address);

  /** Said in the log once for each network. */
  function toDoubt(address: string, doubt: Doubt): string {
    const sentence = toDoubtSentence(address.replace(/^::ffff:/i, ''), doubt);
    const about = `${doubt.name} ${doubt.subnet}`;
    if (!doubted.has(about)) log(sentence);
    doubted.add(about);
    return sentence;
  }

  return {
    isTrusted,
    fromOf({ peer, header }) {
      const forwarded = isTrusted(peer) ? toForwardedAddress(header('x-forwarded-for')) : null;
      return forwarded ?? peer ?? 'unknown';
    },
    findDoubt({ peer }) {
      const doubt = trust.findDoubt(peer);
      return peer === null || doubt === null ? null : toDoubt(peer, doubt);
    },
    learn(found) {
      trust = createProxyTrust(proxies, found);
      for (const { address, doubt } of trust.listDoubts()) toDoubt(address, doubt);
    },
  };
}
