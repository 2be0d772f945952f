/** What each cause of a node, which explains what several services there suffer from, knows of its case. */
export interface NodeRootFacts {
  'node-disk': Suffering & { what: 'full' | 'broken' | null };
  'node-limit': Suffering & {
    what:
      | 'control-groups'
      | 'cpuset'
      | 'kernel-keys'
      | 'mounts'
      | 'namespaces'
      | 'inotify'
      | 'processes'
      | 'open-files'
      | 'memory';
  };
  'node-runtime': Suffering;
  'node-log-driver': Suffering & { driver: string };
  'node-log-server': Suffering & { server: string };
  'node-name-server': Suffering & { server: string };
  'node-volume-server': Suffering & { server: string };
  'node-network': Suffering & {
    what:
      | 'firewall'
      | 'firewall-held'
      | 'firewall-denied'
      | 'firewall-table'
      | 'ipv6-off'
      | 'kernel-module'
      | 'subnets-used-up'
      | 'vxlan-left'
      | 'vxlan-port'
      | 'bridge-full';
  };
  /** What stands before the names of images: `docker.io` where nothing does. */
  'node-registry': Suffering & { registry: string };
  'node-probes': Suffering & { withinMs: number; timedOut: 'all' | 'most' | 'some' | 'none' };
  'node-kills': Suffering & { withinMs: number };
}

/** Who suffers from it. */
export interface Suffering {
  host: string;
  services: {
    count: number;
    /** A few of them. */
    names: string[];
  };
  /** What they cannot do there. */
  cannot: 'start' | 'be-probed' | 'both';
}

export type NodeRootCause = keyof NodeRootFacts;
