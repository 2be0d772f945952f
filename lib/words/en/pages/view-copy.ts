import type { Fact } from '#lib/words/words.ts';

export const lastProbesNewestFirst = (markdownTable: Fact) =>
  `Last probes, newest first:\n\n${markdownTable}`;
export const onItsNode = 'on its node';
export const onAManager = 'on a manager';
export const dockerServicePsNoTrunc = (name: Fact) => `docker service ps --no-trunc ${name}`;
export const dockerServiceLogsTimestampsTail = (name: Fact) =>
  `docker service logs --timestamps --tail 100 ${name}`;
export const dockerServiceInspectFJson = (name: Fact) =>
  `docker service inspect -f '{{json .UpdateStatus}}' ${name}`;
