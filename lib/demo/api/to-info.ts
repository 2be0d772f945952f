import type { SimNode, World } from '#lib/demo/world.ts';
import { formatTime } from './format-time.ts';
import { PLUGINS } from './to-node-json.ts';

/** `GET /info`: the engine, and its place in the swarm; managers report the whole swarm too. */
export function toInfo(world: World, node: SimNode, swarmError: string | null): object {
  const containers = [...node.containers.values()];
  const running = containers.filter(({ state }) => state === 'running').length;
  const { release } = node;
  return {
    ID: node.engineId,
    Containers: containers.length,
    ContainersRunning: running,
    ContainersPaused: 0,
    ContainersStopped: containers.length - running,
    Images: 14,
    Driver: 'overlay2',
    DriverStatus: [
      ['Backing Filesystem', 'extfs'],
      ['Supports d_type', 'true'],
      ['Using metacopy', 'false'],
      ['Native Overlay Diff', 'true'],
      ['userxattr', 'false'],
    ],
    Plugins: {
      Volume: ['local'],
      Network: PLUGINS.Network,
      Authorization: null,
      Log: PLUGINS.Log,
    },
    MemoryLimit: true,
    SwapLimit: true,
    CpuCfsPeriod: true,
    CpuCfsQuota: true,
    CPUShares: true,
    CPUSet: true,
    PidsLimit: true,
    IPv4Forwarding: true,
    Debug: false,
    NFd: 30 + running * 4,
    OomKillDisable: false,
    NGoroutines: 90 + running * 9,
    SystemTime: formatTime(world.timeline.nowMs()),
    LoggingDriver: 'json-file',
    CgroupDriver: 'systemd',
    CgroupVersion: '2',
    NEventsListener: 0,
    KernelVersion: release.kernel,
    OperatingSystem: release.operatingSystem,
    OSVersion: release.osVersion,
    OSType: 'linux',
    Architecture: 'x86_64',
    IndexServerAddress: 'https://index.docker.io/v1/',
    NCPU: node.cpus,
    MemTotal: node.memoryBytes,
    GenericResources: null,
    DockerRootDir: '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: node.hostname,
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: release.version,
    Runtimes: { 'io.containerd.runc.v2': { path: 'runc' }, runc: { path: 'runc' } },
    DefaultRuntime: 'runc',
    Swarm: toSwarm(world, node, swarmError),
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    SecurityOptions: ['name=apparmor', 'name=seccomp,profile=builtin', 'name=cgroupns'],
    Warnings: null,
  };
}

function toSwarm(world: World, node: SimNode, error: string | null): object {
  const managers = world.nodes.filter(({ manager }) => manager);
  const common = {
    NodeID: node.id,
    NodeAddr: node.address,
    LocalNodeState: 'active',
    ControlAvailable: node.manager,
    Error: error ?? '',
    RemoteManagers: managers.map(({ id, address }) => ({ NodeID: id, Addr: `${address}:2377` })),
  };
  if (!node.manager || error !== null) return common;
  return {
    ...common,
    Nodes: world.nodes.length,
    Managers: managers.length,
    Cluster: {
      ID: world.swarmId,
      Version: { Index: 11 },
      CreatedAt: formatTime(world.createdAtMs),
      UpdatedAt: formatTime(world.createdAtMs + 600),
      Spec: {
        Name: 'default',
        Labels: {},
        Orchestration: { TaskHistoryRetentionLimit: 5 },
        Raft: {
          SnapshotInterval: 10000,
          KeepOldSnapshots: 0,
          LogEntriesForSlowFollowers: 500,
          ElectionTick: 10,
          HeartbeatTick: 1,
        },
        Dispatcher: { HeartbeatPeriod: 5000000000 },
        CAConfig: { NodeCertExpiry: 7776000000000000 },
        TaskDefaults: {},
        EncryptionConfig: { AutoLockManagers: false },
      },
      RootRotationInProgress: false,
      DefaultAddrPool: ['10.0.0.0/8'],
      SubnetSize: 24,
      DataPathPort: 4789,
    },
  };
}
