import type { Fact } from '#lib/words/words.ts';

/** How to see the engines that nothing leads to: loaded where there is one. */
export const unconfiguredTitle = 'Engines that are not configured';
export const healthUnseen = (nodes: Fact) => `The health of ${nodes} cannot be seen`;
export const oneNode = 'one node';
export const healthUnseenWhy =
  "Docker keeps it on each node's own engine, and nothing leads there. Replicas there are shown as unknown. Deploy the stack, which puts an agent beside each engine";
export const deployCommand = 'docker stack deploy -c stack.yml vitals';
export const orSet = 'or set';
export const forExample = '(for example';
export const thenRestart = ') and restart this server.';
