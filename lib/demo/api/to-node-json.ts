import type { SimNode } from '#lib/demo/world.ts';
import { formatTime } from './format-time.ts';

export const PLUGINS = {
  Log: ['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'],
  Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
  Volume: ['local'],
} as const;

/** So long without an answer, and a manager is unreachable to the leader. */
const UNHEARD_MS = 3_000;

/** One entry of `GET /nodes`. */
export function toNodeJson(node: SimNode, nowMs: number): object {
  const plugins = Object.entries(PLUGINS).flatMap(([Type, names]) => names.map((Name) => ({ Type, Name })));
  const status = node.message === '' ? {} : { Message: node.message };
  return {
    ID: node.id,
    Version: { Index: node.version },
    CreatedAt: formatTime(node.createdAtMs),
    UpdatedAt: formatTime(node.updatedAtMs),
    Spec: { Labels: toLabels(node), Role: node.manager ? 'manager' : 'worker', Availability: 'active' },
    Description: {
      Hostname: node.hostname,
      Platform: { Architecture: 'x86_64', OS: 'linux' },
      Resources: {
        NanoCPUs: node.cpus * 1e9,
        MemoryBytes: node.memoryBytes,
        ...(node.index % 5 === 4
          ? { GenericResources: [{ DiscreteResourceSpec: { Kind: 'NVIDIA-GPU', Value: 1 } }] }
          : {}),
      },
      Engine: {
        EngineVersion: node.release.version,
        Labels: { storage: 'ssd' },
        Plugins: plugins,
      },
      TLSInfo: {
        TrustRoot: '-----BEGIN CERTIFICATE-----\nMIIBaTCCARCgAwIBAgIUdemo\n-----END CERTIFICATE-----\n',
        CertIssuerSubject: 'MBMxETAPBgNVBAMTCHN3YXJtLWNh',
        CertIssuerPublicKey: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE',
      },
    },
    Status: { State: node.state, ...status, Addr: node.address },
    ...(node.manager ? { ManagerStatus: toManager(node, nowMs) } : {}),
  };
}

/** Spread over two racks. */
function toLabels({ index, manager }: SimNode): Record<string, string> {
  return { rack: index % 2 === 0 ? 'a' : 'b', ...(manager ? {} : { tier: 'web' }) };
}

function toManager(node: SimNode, nowMs: number): object {
  const isHeard = node.silentFromMs === null || nowMs - node.silentFromMs < UNHEARD_MS;
  return {
    ...(node.leader ? { Leader: true } : {}),
    Reachability: isHeard ? 'reachable' : 'unreachable',
    Addr: `${node.address}:2377`,
  };
}
