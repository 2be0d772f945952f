import { toServiceName } from '#lib/demo/life/change-service.ts';
import { findNetwork } from '#lib/demo/networks.ts';
import { listPorts, type ServicePlan } from '#lib/demo/service-plan.ts';
import type { SimService, SimTask, World } from '#lib/demo/world.ts';
import { formatTime } from './format-time.ts';
import { toTaskTemplate } from './to-container-spec.ts';

/** One entry of `GET /services`; `counted` adds what `?status=true` asks for. */
export function toServiceJson(world: World, service: SimService, counted: boolean): object {
  const { plan } = service;
  const spec = toSpec(world, service, service.tag);
  const ports = toPorts(plan);
  const isJob = plan.mode.kind === 'replicated-job';
  return {
    ID: service.id,
    Version: { Index: service.version },
    CreatedAt: formatTime(service.createdAtMs),
    UpdatedAt: formatTime(service.updatedAtMs),
    Spec: spec,
    ...(service.previousTag === null ? {} : { PreviousSpec: toSpec(world, service, service.previousTag) }),
    Endpoint: {
      Spec: isJob ? {} : { Mode: 'vip', ...ports },
      ...ports,
      VirtualIPs: [...service.vips].map(([NetworkID, address]) => ({
        NetworkID,
        Addr: `${address}/${world.networks.find(({ id }) => id === NetworkID)?.prefix ?? 24}`,
      })),
    },
    ...(service.update ? { UpdateStatus: toUpdateStatus(service.update) } : {}),
    ...(isJob ? { JobStatus: toJobStatus(service) } : {}),
    ...(counted ? { ServiceStatus: toServiceStatus(service) } : {}),
  };
}

function toSpec(world: World, service: SimService, tag: string): object {
  const { plan } = service;
  const labels =
    plan.stack === null
      ? {}
      : { ...plan.labels, 'com.docker.stack.image': plan.image, 'com.docker.stack.namespace': plan.stack };
  const policy = {
    Parallelism: 1,
    Delay: 4_000_000_000,
    FailureAction: 'pause',
    Monitor: 5_000_000_000,
    MaxFailureRatio: 0,
  };
  const isJob = plan.mode.kind === 'replicated-job';
  return {
    Name: toServiceName(service),
    Labels: labels,
    TaskTemplate: { ...toTaskTemplate(service, findNetwork(world, service).id, tag), Runtime: 'container' },
    Mode: toMode(service),
    ...(isJob
      ? {}
      : {
          UpdateConfig: { ...policy, Order: plan.updateOrder },
          RollbackConfig: { ...policy, Delay: 0, Order: 'stop-first' },
        }),
    EndpointSpec: {
      Mode: 'vip',
      ...toPorts(plan),
    },
  };
}

function toMode({ plan: { mode } }: SimService): object {
  if (mode.kind === 'replicated') return { Replicated: { Replicas: mode.replicas } };
  if (mode.kind === 'global') return { Global: {} };
  return { ReplicatedJob: { MaxConcurrent: mode.maxConcurrent, TotalCompletions: mode.total } };
}

/** Nothing where none is published, as Docker leaves it out. */
function toPorts(plan: ServicePlan): object {
  const all = listPorts(plan);
  if (all.length === 0) return {};
  return {
    Ports: all.map(({ target, published, protocol, mode }) => ({
      Protocol: protocol,
      TargetPort: target,
      PublishedPort: published,
      PublishMode: mode,
    })),
  };
}

function toUpdateStatus({
  state,
  startedAtMs,
  completedAtMs,
  message,
}: NonNullable<SimService['update']>): object {
  return {
    State: state,
    StartedAt: formatTime(startedAtMs),
    ...(completedAtMs === null ? {} : { CompletedAt: formatTime(completedAtMs) }),
    Message: message,
  };
}

/** The first iteration comes as `{}`. */
export function toJobIteration(index: number): object {
  return index === 0 ? {} : { Index: index };
}

function toJobStatus({ jobIteration, jobStartedAtMs }: SimService): object {
  return { JobIteration: toJobIteration(jobIteration), LastExecution: formatTime(jobStartedAtMs) };
}

/** As Docker counts: running tasks on dead nodes and tasks that should stop count too. */
function toServiceStatus({ plan, slots, jobIteration }: SimService): object {
  const tasks = [...slots.values()].flat();
  const count = (is: (task: SimTask) => boolean) => tasks.filter(is).length;
  const desired = {
    replicated: () => (plan.mode.kind === 'replicated' ? plan.mode.replicas : 0),
    global: () => count((task) => task.desired === 'running'),
    'replicated-job': () => (plan.mode.kind === 'replicated-job' ? plan.mode.maxConcurrent : 0),
  }[plan.mode.kind]();
  return {
    RunningTasks: count(({ state }) => state === 'running'),
    DesiredTasks: desired,
    CompletedTasks: count((task) => task.state === 'complete' && task.jobIteration === jobIteration),
  };
}
