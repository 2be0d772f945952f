import { findNetwork } from '#lib/demo/networks.ts';
import type { SimContainer, SimProbe, World } from '#lib/demo/world.ts';
import { isAtLeast } from './engine-releases.ts';
import { formatAge, formatTime } from './format-time.ts';
import { HOST_CONFIG } from './host-config.ts';
import { toHealthcheck } from './to-container-spec.ts';
import { toHash, turnId } from './to-hash.ts';
import { toImageName, toLabels, toTaskName } from './to-labels.ts';
import { toNetwork, toNetworkSettings } from './to-network-json.ts';

/** One entry of `GET /containers/json`; from API 1.52 on with its health apart from the text. */
export function toListedJson(
  container: SimContainer,
  { nowMs, apiVersion }: { nowMs: number; apiVersion: string },
): object {
  const { task, health } = container;
  const structured = isAtLeast(apiVersion, '1.52')
    ? { Health: { Status: health?.status ?? 'none', FailingStreak: health?.streak ?? 0 } }
    : {};
  return {
    Id: container.id,
    Names: [`/${toTaskName(task)}`],
    Image: toImageName(task),
    ImageID: `sha256:${toImageId(toImageName(task))}`,
    Command: task.service.plan.command.join(' '),
    Created: Math.floor(container.createdAtMs / 1000),
    Ports: [],
    Labels: toLabels(container),
    State: container.state,
    Status: toStatusText(container, nowMs),
    ...structured,
    HostConfig: { NetworkMode: 'default' },
    NetworkSettings: { Networks: { backend: toNetwork(container) } },
    Mounts: [],
  };
}

/** moby `daemon/container/state.go`. */
function toStatusText({ state, health, ...container }: SimContainer, nowMs: number): string {
  if (state === 'created') return 'Created';
  if (state === 'exited') {
    return `Exited (${container.exitCode}) ${formatAge(nowMs - (container.finishedAtMs ?? nowMs))} ago`;
  }
  const up = `Up ${formatAge(nowMs - (container.startedAtMs ?? nowMs))}`;
  if (!health) return up;
  return `${up} (${health.status === 'starting' ? 'health: starting' : health.status})`;
}

/** `GET /containers/{id}/json`. */
export function toInspectJson(world: World, container: SimContainer): object {
  const { task, id } = container;
  const { plan } = task.service;
  const image = toImageName(task);
  const folder = `/var/lib/docker/containers/${id}`;
  const [path = '', ...args] = plan.command;
  return {
    Id: id,
    Created: formatTime(container.createdAtMs),
    Path: path,
    Args: args,
    State: toState(container),
    Image: `sha256:${toImageId(image)}`,
    ResolvConfPath: `${folder}/resolv.conf`,
    HostnamePath: `${folder}/hostname`,
    HostsPath: `${folder}/hosts`,
    LogPath: `${folder}/${id}-json.log`,
    Name: `/${toTaskName(task)}`,
    RestartCount: 0,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: 'docker-default',
    ExecIDs: null,
    HostConfig: HOST_CONFIG,
    GraphDriver: { Data: toLayers(id), Name: 'overlay2' },
    Mounts: [],
    Config: {
      Hostname: id.slice(0, 12),
      Domainname: '',
      User: '',
      AttachStdin: false,
      AttachStdout: false,
      AttachStderr: false,
      Tty: false,
      OpenStdin: false,
      StdinOnce: false,
      Env: [...plan.env, 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      Cmd: plan.command,
      ...(plan.check ? { Healthcheck: toHealthcheck(plan.check) } : {}),
      Image: image,
      Volumes: null,
      WorkingDir: '/app',
      Entrypoint: null,
      OnBuild: null,
      Labels: toLabels(container),
    },
    NetworkSettings: toNetworkSettings(container, findNetwork(world, task.service)),
  };
}

/** Without a health check there is no `Health` at all, and none before the first start. */
function toState({ state, health, ...container }: SimContainer): object {
  const running = state === 'running';
  return {
    Status: state,
    Running: running,
    Paused: false,
    Restarting: false,
    OOMKilled: container.oomKilled,
    Dead: false,
    Pid: running ? container.pid : 0,
    ExitCode: container.exitCode,
    Error: '',
    StartedAt: formatTime(container.startedAtMs),
    FinishedAt: formatTime(container.finishedAtMs),
    ...(health
      ? { Health: { Status: health.status, FailingStreak: health.streak, Log: toHealthLog(health.log) } }
      : {}),
  };
}

export function toHealthLog(log: readonly SimProbe[]): object[] {
  return log.map(({ startMs, endMs, exitCode, output }) => ({
    Start: formatTime(startMs),
    End: formatTime(endMs),
    ExitCode: exitCode,
    Output: output,
  }));
}

function toLayers(id: string): object {
  const folder = `/var/lib/docker/overlay2/${turnId(id, 17)}`;
  return {
    LowerDir: `${folder}-init/diff:/var/lib/docker/overlay2/${turnId(id, 29)}/diff`,
    MergedDir: `${folder}/merged`,
    UpperDir: `${folder}/diff`,
    WorkDir: `${folder}/work`,
  };
}

const imageIds = new Map<string, string>();

function toImageId(image: string): string {
  const known = imageIds.get(image) ?? toHash(image);
  imageIds.set(image, known);
  return known;
}
