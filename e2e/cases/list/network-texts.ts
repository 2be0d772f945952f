import type { Case } from '#e2e/cases/case.ts';
import { refused } from '#e2e/cases/texts-as-cases.ts';

const NO_PORT = /host port/i;
const NOT_THE_COMMAND = /its command/i;

const ENDPOINT =
  'failed to set up container networking: driver failed programming external connectivity on endpoint web.1 (d5bd): ';

/** What engines of 2023 to 2026 say when a network cannot be set up: what it is, and never a port or the command. */
export const CASES: Case[] = [
  refused(
    'ipv6-off',
    'a kernel with IPv6 switched off, after the update to engine 28: nobody flushed anything',
    'https://github.com/moby/moby/issues/49504',
    `${ENDPOINT} (iptables failed: ip6tables --wait -t filter -A DOCKER-ISOLATION-STAGE-1 -i docker0: ip6tables v1.8.9 (legacy): can't initialize ip6tables table \`filter': Address family not supported by protocol`,
    {
      cause: 'network-failed',
      says: ['IPv6 is switched off in its kernel', 'ipv6.disable=1'],
      never: [NO_PORT, /flushed/],
    },
  ),
  refused(
    'bridge-without-ipv6',
    'the same where a bridge is made: no sysctl of the service is at fault',
    'https://github.com/srl-labs/containerlab/issues/1834',
    'Cannot read IPv6 setup for bridge br-f776537975a9: open /proc/sys/net/ipv6/conf/br-f776537975a9/disable_ipv6: no such file or directory',
    { cause: 'network-failed', says: ['IPv6 is switched off in its kernel'], never: [/sysctl/] },
  ),
  refused(
    'pool-overlaps',
    'an overlay gets the subnet that the engine gave to a bridge',
    'https://github.com/moby/moby/issues/50011',
    'invalid pool request: Pool overlaps with other one on this address space',
    {
      cause: 'network-failed',
      says: ['its subnet overlaps another one there', 'docker02'],
      never: [NO_PORT],
    },
  ),
  refused(
    'network-left',
    'after a hard reboot a network of that id is still there',
    'https://github.com/moby/moby/issues/38318',
    'network 1hn2257drrx07x8iyax4q704s exists',
    {
      cause: 'network-failed',
      says: ['a network with its id is left there (1hn2257drrx07x8iyax4q704s)', 'docker network rm'],
    },
  ),
  refused(
    'vxlan-left',
    'the interface of an earlier overlay is left',
    'https://github.com/moby/moby/issues/47728',
    'network sandbox join failed: subnet sandbox join failed for "10.0.5.0/24": error creating vxlan interface: file exists',
    { cause: 'network-failed', says: ['vxlan, file exists', 'ip -d link show'], never: [/folder/i] },
  ),
  refused(
    'subnet-of-24',
    'engine 25 takes no subnet that engine 24 took',
    'https://github.com/moby/moby/issues/47331',
    'invalid network config:\ninvalid subnet 10.0.0.1/1: it should be 0.0.0.0/1',
    {
      cause: 'network-failed',
      says: ['its subnet 10.0.0.1/1 is not valid for this engine: it should be 0.0.0.0/1'],
      never: [/config it needs/i],
    },
  ),
  refused(
    'raw-table',
    'engine 28 needs a table that the kernel does not have',
    'https://github.com/moby/moby/issues/49557',
    "starting container failed: failed to set up container networking: driver failed programming external connectivity on endpoint x (d5): Unable to enable DIRECT ACCESS FILTERING - DROP rule:  (iptables failed: iptables --wait -t raw -A PREROUTING -p tcp -d 172.17.0.2 --dport 8000 ! -i docker0 -j DROP: iptables v1.8.4 (legacy): can't initialize iptables table `raw': Table does not exist (do you need to insmod?)\nPerhaps iptables or your kernel needs to be upgraded.\n (exit status 3))",
    {
      cause: 'network-failed',
      says: ['the kernel of docker02 has no table raw for iptables', 'modprobe iptable_raw'],
      never: [NO_PORT, /flushed/],
    },
  ),
  refused(
    'rules-flushed',
    'somebody flushed the rules of the firewall',
    'https://github.com/luckyPipewrench/pipelock/issues/364',
    'starting container failed: failed to set up container networking: driver failed programming external connectivity on endpoint pipelock (85): Unable to enable DNAT rule:  (iptables failed: iptables --wait -t nat -A DOCKER -p tcp -d 0/0 --dport 3128 -j DNAT --to-destination 192.168.176.3:8888 ! -i br-ef84430b1457: iptables: No chain/target/match by that name.\n (exit status 1))',
    {
      cause: 'network-failed',
      says: ['rules cannot be written to its firewall', 'flushed'],
      never: [NO_PORT],
    },
  ),
  refused(
    'no-docker-proxy',
    'the proxy of an older engine is in the way: no port is taken',
    'https://github.com/docker/cli/issues/6023',
    'starting container failed: failed to set up container networking: driver failed programming external connectivity on endpoint grafana (ab): failed to start userland proxy for port mapping 0.0.0.0:3000:172.17.0.2:3000/tcp: failed to start docker-proxy, check that the current version is in your $PATH',
    {
      cause: 'network-failed',
      says: ['Its network could not be set up on docker02', 'failed to start docker-proxy'],
      never: [/already in use/i, NOT_THE_COMMAND],
    },
  ),
  refused(
    'no-veth',
    'the kernel was updated and not started: it has no veth',
    'https://github.com/omacom/omarchy/issues/2267',
    'starting container failed: failed to set up container networking: failed to create endpoint navi-postgres on network navi-project_default: failed to add the host (veth8cb0f54) <=> sandbox (veth74336dc) pair interfaces: operation not supported',
    {
      cause: 'network-failed',
      says: ['Its network could not be set up on docker02', 'operation not supported'],
      never: [NO_PORT, NOT_THE_COMMAND],
    },
  ),
  refused(
    'no-attachment',
    'no address was given though there are enough: said as Docker says it, no surer',
    'https://github.com/moby/moby/issues/44378',
    'node is missing network attachments, ip addresses may be exhausted',
    {
      cause: 'network-failed',
      says: ['which may be because none is left', 'docker network inspect'],
      never: [/networks have no address left/],
    },
  ),
];
