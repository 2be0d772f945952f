import type { Shape } from './project.ts';

/** Labels that go on: Swarm's own and the stack's name. Everything else in them is somebody's secret until proven. */
const LABELS: Shape = {
  'com.docker.swarm.node.id': true,
  'com.docker.swarm.service.id': true,
  'com.docker.swarm.service.name': true,
  'com.docker.swarm.task.id': true,
  'com.docker.swarm.task.name': true,
  'com.docker.stack.namespace': true,
};

/** `GET /version`. */
export const VERSION: Shape = {
  Version: true,
  ApiVersion: true,
  MinAPIVersion: true,
  Os: true,
  Arch: true,
  Components: [{ Name: true }],
};

/** `GET /info`: who it is, its clock, its place in the swarm. No join tokens are in it, and no addresses but managers'. */
export const INFO: Shape = {
  ID: true,
  Name: true,
  ServerVersion: true,
  SystemTime: true,
  Swarm: {
    NodeID: true,
    NodeAddr: true,
    LocalNodeState: true,
    ControlAvailable: true,
    Error: true,
    RemoteManagers: [{ NodeID: true, Addr: true }],
    Cluster: {
      ID: true,
      Spec: { Name: true, Orchestration: { TaskHistoryRetentionLimit: true } },
    },
  },
};

/** One entry of `GET /containers/json`. */
export const SUMMARY: Shape = {
  Id: true,
  Created: true,
  State: true,
  Status: true,
  Labels: { 'com.docker.swarm.node.id': true, 'com.docker.swarm.task.id': true },
  Health: { Status: true, FailingStreak: true },
};

/** The same of a container that Swarm did not make, where they are told of. */
export const PLAIN_SUMMARY: Shape = {
  ...SUMMARY,
  Names: [true],
  Image: true,
  Ports: [{ IP: true, PrivatePort: true, PublicPort: true, Type: true }],
};

/** `GET /containers/{id}/json`: no Env, no arguments, no mounts, no network. */
export const CONTAINER: Shape = {
  Id: true,
  Image: true,
  ImageManifestDescriptor: { digest: true },
  State: {
    Status: true,
    Running: true,
    Paused: true,
    Restarting: true,
    OOMKilled: true,
    Dead: true,
    ExitCode: true,
    Error: true,
    StartedAt: true,
    FinishedAt: true,
    Health: {
      Status: true,
      FailingStreak: true,
      Log: [{ Start: true, End: true, ExitCode: true, Output: true }],
    },
  },
  Config: {
    Image: true,
    Tty: true,
    Labels: LABELS,
    Healthcheck: {
      Test: [true],
      Interval: true,
      Timeout: true,
      StartPeriod: true,
      StartInterval: true,
      Retries: true,
    },
  },
  HostConfig: { LogConfig: { Type: true } },
};

/**
 * `GET /containers/{id}/stats`: sums alone. Its networks are one (`project-stats.ts`), and no device is named.
 */
export const STATS: Shape = {
  read: true,
  num_procs: true,
  cpu_stats: {
    cpu_usage: { total_usage: true },
    online_cpus: true,
    throttling_data: { periods: true, throttled_periods: true, throttled_time: true },
  },
  memory_stats: {
    usage: true,
    limit: true,
    privateworkingset: true,
    stats: { total_inactive_file: true, inactive_file: true },
  },
  pids_stats: { current: true, limit: true },
  blkio_stats: { io_service_bytes_recursive: [{ op: true, value: true }] },
};

/** One line of `GET /events`: `time` where there is no `timeNano`. There are thousands a second in a large swarm: what nobody reads stays. */
export const EVENT: Shape = {
  Type: true,
  Action: true,
  Actor: { ID: true, Attributes: { 'com.docker.swarm.task.id': true, exitCode: true } },
  time: true,
  timeNano: true,
};
