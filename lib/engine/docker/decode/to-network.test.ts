import { expect, it } from 'vitest';
import { toNetwork } from './to-network.ts';

it('reads what Docker 20.10 lists of its networks', () => {
  expect(
    toNetwork({
      Name: 'ingress',
      Id: 'ij4i9fcm5sce',
      Scope: 'swarm',
      Driver: 'overlay',
      IPAM: { Driver: 'default', Options: null, Config: [{ Subnet: '10.0.0.0/24', Gateway: '10.0.0.1' }] },
      Ingress: true,
      Containers: null,
    }),
  ).toEqual({
    id: 'ij4i9fcm5sce',
    name: 'ingress',
    driver: 'overlay',
    scope: 'swarm',
    ingress: true,
    encrypted: false,
    internal: false,
    attachable: false,
    stack: null,
    subnets: [{ subnet: '10.0.0.0/24', gateway: '10.0.0.1', range: null }],
  });
});

it('reads what a network of a stack is', () => {
  expect(
    toNetwork({
      Name: 'shop_backend',
      Id: 'x1',
      Scope: 'swarm',
      Driver: 'overlay',
      Internal: true,
      Attachable: true,
      Options: { 'com.docker.network.driver.overlay.vxlanid_list': '4098', encrypted: '' },
      Labels: { 'com.docker.stack.namespace': 'shop', note: 'S3cr3t' },
      IPAM: { Config: [{ Subnet: '10.0.9.0/24', Gateway: '10.0.9.1', IPRange: '10.0.9.128/25' }] },
    }),
  ).toEqual({
    id: 'x1',
    name: 'shop_backend',
    driver: 'overlay',
    scope: 'swarm',
    ingress: false,
    encrypted: true,
    internal: true,
    attachable: true,
    stack: 'shop',
    subnets: [{ subnet: '10.0.9.0/24', gateway: '10.0.9.1', range: '10.0.9.128/25' }],
  });
});

it.each([
  ['none and host have no subnets', { Name: 'host', Id: 'h', IPAM: { Config: [] } }, []],
  ['a gateway with its prefix', [{ Subnet: 'fd00::/64', Gateway: 'fd00::1/64' }], ['fd00::/64 fd00::1']],
  ['no gateway', [{ Subnet: '10.1.0.0/16' }], ['10.1.0.0/16 null']],
  ['what is no subnet', [{ Subnet: '10.1.0.0' }, { Subnet: '10.1.0.0/33' }, 5, { Subnet: 'x/8' }], []],
])('%s', (_, config, subnets) => {
  const raw = Array.isArray(config) ? { Name: 'n', Id: 'i', IPAM: { Config: config } } : config;
  expect(toNetwork(raw)?.subnets.map(({ subnet, gateway }) => `${subnet} ${gateway}`)).toEqual(subnets);
});

it.each([[null], [5], [{}], [{ Name: 'x' }], [{ Id: 'x' }]])('%j is none', (raw) => {
  expect(toNetwork(raw)).toBeNull();
});
