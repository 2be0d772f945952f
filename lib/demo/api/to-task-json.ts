import { findIngress, findNetwork, toSubnet } from '#lib/demo/networks.ts';
import type { SimNetwork, SimTask, World } from '#lib/demo/world.ts';
import { formatTime } from './format-time.ts';
import { toTaskTemplate } from './to-container-spec.ts';
import { toJobIteration } from './to-service-json.ts';

/** One entry of `GET /tasks`, as text, kept until the task changes. */
export function toTaskJson(world: World, task: SimTask): string {
  task.json ??= JSON.stringify(toTask(world, task));
  return task.json;
}

function toTask(world: World, task: SimTask): object {
  return {
    ID: task.id,
    Version: { Index: task.version },
    CreatedAt: formatTime(task.createdAtMs),
    UpdatedAt: formatTime(task.updatedAtMs),
    Labels: {},
    Spec: toTaskTemplate(task.service, findNetwork(world, task.service).id, task.tag),
    ServiceID: task.service.id,
    ...(task.slot === null ? {} : { Slot: task.slot }),
    ...(task.node ? { NodeID: task.node.id } : {}),
    Status: {
      Timestamp: formatTime(task.stateAtMs),
      State: task.state,
      Message: task.message,
      ...(task.error === null ? {} : { Err: task.error }),
      ...toContainerStatus(task),
      PortStatus: {},
    },
    DesiredState: task.desired,
    ...(task.node ? { NetworksAttachments: toAttachments(world, task) } : {}),
    ...(task.jobIteration === null ? {} : { JobIteration: toJobIteration(task.jobIteration) }),
  };
}

/** Swarm names the container from `starting` on. */
function toContainerStatus({ state, container, exitCode }: SimTask): object {
  if (!container || ['new', 'pending', 'assigned', 'accepted', 'preparing', 'ready'].includes(state))
    return {};
  const pid = state === 'running' ? container.pid : 0;
  return { ContainerStatus: { ContainerID: container.id, PID: pid, ExitCode: exitCode } };
}

function toAttachments(world: World, { service, ip, ingressIp }: SimTask): object[] {
  const own = ip === null ? [] : [toAttachment(world, findNetwork(world, service), ip)];
  const ingress = ingressIp === null ? null : findIngress(world);
  return ingress && ingressIp !== null ? [toAttachment(world, ingress, ingressIp), ...own] : own;
}

function toAttachment(world: World, network: SimNetwork, ip: string): object {
  return {
    Network: {
      ID: network.id,
      Version: { Index: 21 },
      CreatedAt: formatTime(world.createdAtMs),
      UpdatedAt: formatTime(world.createdAtMs + 900),
      Spec: { Name: network.name, Labels: {}, DriverConfiguration: { Name: 'overlay' }, Scope: 'swarm' },
      DriverState: {
        Name: 'overlay',
        Options: { 'com.docker.network.driver.overlay.vxlanid_list': '4097' },
      },
      IPAMOptions: { Driver: { Name: 'default' }, Configs: [toSubnet(network)] },
    },
    Addresses: [`${ip}/${network.prefix}`],
  };
}
