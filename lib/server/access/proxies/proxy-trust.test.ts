import { describe, expect, it } from 'vitest';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import { createProxyTrust, type Surroundings, toDoubtSentence } from './proxy-trust.ts';

const network = (name: string, driver: string, subnet: string, gateway: string): DockerNetwork => ({
  id: name,
  name,
  driver,
  scope: driver === 'overlay' ? 'swarm' : 'local',
  ingress: name === 'ingress',
  encrypted: false,
  internal: false,
  attachable: false,
  stack: null,
  subnets: [{ subnet, gateway, range: null }],
});
const NETWORKS = [
  network('ingress', 'overlay', '10.0.0.0/24', '10.0.0.1'),
  network('docker_gwbridge', 'bridge', '172.18.0.0/16', '172.18.0.1'),
  network('bridge', 'bridge', '172.17.0.0/16', '172.17.0.1'),
  network('proxy', 'overlay', '10.0.7.0/24', '10.0.7.1'),
  network('compose_default', 'bridge', '172.20.0.0/16', '172.20.0.1'),
];
/** As the server of the stack is: on the ingress network, a bridge, and the proxy's own network. */
const IN_STACK: Surroundings = {
  networks: NETWORKS,
  inContainer: true,
  own: [
    { cidr: '127.0.0.1/8', internal: true },
    { cidr: '10.0.0.9/24', internal: false },
    { cidr: '172.18.0.3/16', internal: false },
    { cidr: '10.0.7.5/24', internal: false },
  ],
};
const ON_HOST: Surroundings = {
  networks: NETWORKS,
  inContainer: false,
  own: [
    { cidr: '192.168.1.4/24', internal: false },
    { cidr: '172.18.0.1/16', internal: false },
  ],
};
const UNKNOWN_NETWORKS: Surroundings = { ...IN_STACK, networks: null };

describe('with 10.0.0.0/8, 172.16.0.0/12, 192.168.1.0/24 and 127.0.0.1 trusted', () => {
  const trust = (surroundings: Surroundings, sure: string[] = []) =>
    createProxyTrust(
      { networks: ['10.0.0.0/8', '172.16.0.0/12', '192.168.1.0/24', '127.0.0.1', ...sure], sure },
      surroundings,
    );

  it.each<[string, Surroundings, boolean, string | null]>([
    ['10.0.0.2', IN_STACK, false, 'ingress'],
    ['::ffff:10.0.0.2', IN_STACK, false, 'ingress'],
    ['172.18.0.1', IN_STACK, false, 'docker_gwbridge'],
    ['172.17.0.1', IN_STACK, false, 'bridge'],
    ['172.20.0.1', IN_STACK, false, 'compose_default'],
    // A proxy in a container of its own, on a network that it shares with the server.
    ['172.20.0.3', IN_STACK, true, null],
    ['10.0.7.4', IN_STACK, true, null],
    // A proxy elsewhere.
    ['10.9.9.9', IN_STACK, true, null],
    ['192.168.1.9', ON_HOST, true, null],
    ['10.0.0.2', ON_HOST, false, 'ingress'],
    ['127.0.0.1', UNKNOWN_NETWORKS, true, null],
    ['10.9.9.9', UNKNOWN_NETWORKS, true, null],
    ['8.8.8.8', IN_STACK, false, null],
    // Docker's networks are not known: whatever is beside us may be the mesh.
    ['10.0.0.2', UNKNOWN_NETWORKS, false, null],
    ['172.18.0.1', UNKNOWN_NETWORKS, false, null],
    ['10.0.7.4', UNKNOWN_NETWORKS, false, null],
    // The manager is another machine's engine: it does not know the bridge that we are on.
    ['172.19.0.1', { ...IN_STACK, own: [{ cidr: '172.19.0.7/16', internal: false }] }, false, null],
  ])('%s', (address, surroundings, trusted, name) => {
    const { isTrusted, findDoubt } = trust(surroundings);
    expect(isTrusted(address)).toBe(trusted);
    expect(findDoubt(address)?.name ?? null).toBe(name);
  });

  // What Docker 20.10 says of each of these, and the address that the bridge then has.
  it.each<[string, DockerNetwork['subnets'][number], string, string]>([
    ['a subnet', { subnet: '172.30.4.0/22', gateway: null, range: null }, '172.30.4.1', '172.30.4.2'],
    [
      'a subnet with a range',
      { subnet: '172.30.0.0/16', gateway: null, range: '172.30.5.0/24' },
      '172.30.5.0',
      '172.30.5.2',
    ],
    ['a subnet of IPv6', { subnet: 'fd00:9::/64', gateway: null, range: null }, 'fd00:9::1', 'fd00:9::2'],
    [
      'a subnet of IPv6 with a range',
      { subnet: 'fd00:9::/48', gateway: null, range: 'fd00:9:0:7::ab00/120' },
      'fd00:9:0:7::ab00',
      'fd00:9:0:7::ab02',
    ],
    [
      'a subnet that is written as one of its addresses',
      { subnet: '172.30.4.9/22', gateway: null, range: null },
      '172.30.4.1',
      '172.30.4.9',
    ],
  ])(
    'the bridge of %s, whose gateway Docker does not say, and not the proxy beside it',
    (_, subnet, bridge, proxy) => {
      const compose = { ...network('site_default', 'bridge', '', ''), subnets: [subnet] };
      const { isTrusted, findDoubt } = createProxyTrust(
        { networks: [subnet.subnet], sure: [] },
        {
          networks: [...NETWORKS, compose],
          inContainer: true,
          own: [{ cidr: subnet.subnet, internal: false }],
        },
      );
      expect(findDoubt(bridge)?.name).toBe('site_default');
      expect(isTrusted(bridge)).toBe(false);
      expect(isTrusted(proxy)).toBe(true);
    },
  );

  it('an address that is said twice counts, and no other', () => {
    const { isTrusted } = trust(UNKNOWN_NETWORKS, ['10.0.0.2']);
    expect(isTrusted('10.0.0.2')).toBe(true);
    expect(isTrusted('10.0.0.3')).toBe(false);
  });

  it('says what network it is, and what to do', () => {
    const doubt = trust(IN_STACK).findDoubt('10.0.0.2');
    expect(doubt && toDoubtSentence('10.0.0.2', doubt)).toContain(
      "it is in Docker's network ingress (10.0.0.0/24), where every client",
    );
  });
});
