import type { DockerNetwork } from '#lib/model/docker/network.ts';
import { createAddressList } from './create-address-list.ts';
import { listGateways } from './list-gateways.ts';

/** An address that this process has itself, with the network that it is in. */
export interface OwnAddress {
  /** Such as `172.18.0.3/16`; `null`: not known. */
  cidr: string | null;
  internal: boolean;
}

export interface ProxySettings {
  /** Addresses and networks whose word counts. */
  networks: readonly string[];
  /** Those that the settings say twice (`10.0.0.0/24!`): their word counts whatever Docker calls them. */
  sure: readonly string[];
}

export interface Surroundings {
  /** `null`: Docker has not said, or does not. */
  networks: readonly DockerNetwork[] | null;
  own: readonly OwnAddress[];
  /** Every network of ours is one of Docker's then. */
  inContainer: boolean;
}

/** Whose `X-Forwarded-*` and whose word for who somebody is counts. */
export interface ProxyTrust {
  isTrusted(address: string | null): boolean;
  /** Why the word of an address does not count although the settings name it; `null`: it does, or they do not. */
  findDoubt(address: string | null): Doubt | null;
  /** Docker's networks that the settings name and that do not count, each with an address of it. */
  listDoubts(): { address: string; doubt: Doubt }[];
}

export interface Doubt {
  /** The network that the address is in. */
  subnet: string;
  /** Its name at Docker; `null`: it is not known what network this is. */
  name: string | null;
}

/**
 * Docker's routing mesh and its bridges put an address of their own in the place of every client's: `10.0.0.2` on the
 * ingress network (libnetwork's masquerade rule), the gateway of a bridge for what comes by docker-proxy or from the
 * host. Who trusts such an address trusts everybody. Where Docker's networks are not known, so may be each address that
 * is in a network of ours, since nobody can come by the mesh or a bridge from any other.
 */
export function createProxyTrust(
  { networks: named, sure }: ProxySettings,
  { networks, own, inContainer }: Surroundings,
): ProxyTrust {
  const isNamed = createAddressList(named);
  const isSure = createAddressList(sure);
  const doubtful: { doubt: Doubt; example: string; has(address: string): boolean }[] = [];
  const add = (subnet: string, name: string | null, covered = subnet) => {
    const [example = ''] = covered.split('/');
    doubtful.push({ doubt: { subnet, name }, example, has: createAddressList([covered]) });
  };
  const known = networks ?? [];
  for (const { name, ingress, driver, subnets } of known)
    for (const one of subnets) {
      if (ingress || name === 'docker_gwbridge') add(one.subnet, name);
      else if (driver === 'bridge') for (const gateway of listGateways(one)) add(one.subnet, name, gateway);
    }
  const isKnown = createAddressList(known.flatMap(({ subnets }) => subnets.map(({ subnet }) => subnet)));
  for (const { cidr, internal } of own) {
    if (cidr === null || internal) continue;
    const isStated = networks !== null && (!inContainer || isKnown(cidr.split('/')[0] ?? ''));
    if (!isStated) add(cidr, null);
  }

  function findDoubt(address: string | null): Doubt | null {
    if (address === null || !isNamed(address) || isSure(address)) return null;
    return doubtful.find(({ has }) => has(address))?.doubt ?? null;
  }

  return {
    findDoubt,
    listDoubts: () =>
      doubtful.flatMap(({ doubt, example }) =>
        doubt.name !== null && findDoubt(example)?.subnet === doubt.subnet
          ? [{ address: example, doubt }]
          : [],
      ),
    isTrusted: (address) => isNamed(address) && findDoubt(address) === null,
  };
}

/** What is wrong, and what to do, for the log and for who is refused. */
export function toDoubtSentence(address: string, { subnet, name }: Doubt): string {
  const what =
    name === null
      ? `it is in ${subnet}, a network of this server of which Docker has not told what it is (GET /networks)`
      : `it is in Docker's network ${name} (${subnet}), where every client may come from such an address`;
  return `VITALS_TRUSTED_PROXIES: the word of ${address} does not count: ${what}. Let the proxy reach the server over a network of their own, or, where nobody else can reach the port, add ${address}! to VITALS_TRUSTED_PROXIES (docs/reverse-proxy.md).`;
}
