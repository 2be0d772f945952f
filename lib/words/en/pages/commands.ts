import type { Fact } from '#lib/words/words.ts';

export const onItsNode = 'on its node';
export const onManager = 'on a manager';
export const psCommand = (name: Fact) => `docker service ps --no-trunc ${name}`;
export const logsCommand = (name: Fact) => `docker service logs --timestamps --tail 100 ${name}`;
export const inspectCommand = (name: Fact) => `docker service inspect -f '{{json .UpdateStatus}}' ${name}`;
export const portsCommand = (name: Fact) => `docker service inspect -f '{{json .Endpoint.Ports}}' ${name}`;
export const networkCommand = (name: Fact) => `docker network inspect -v ${name}`;
export const specCommand = (name: Fact) => `docker service inspect --pretty ${name}`;
export const namesCommand = (name: Fact) =>
  `docker service inspect -f '{{json .Spec.TaskTemplate.ContainerSpec.Mounts}}' ${name}`;
export const resourcesCommand = (name: Fact) =>
  `docker node inspect -f '{{json .Description.Resources}}' ${name}`;
export const nodeCommand = (name: Fact) => `docker node inspect --pretty ${name}`;
export const nodeTasksCommand = (name: Fact) => `docker node ps --filter desired-state=running ${name}`;
export const pluginsCommand = (name: Fact) =>
  `docker node inspect -f '{{json .Description.Engine.Plugins}}' ${name}`;
export const plainCommand = 'docker ps --filter is-task=false';
export const onHost = (hostname: Fact) => `on ${hostname}`;
