import type { Fact } from '#lib/words/words.ts';

export const copyRefused = 'The browser did not let it be copied.';
export const serviceGone = 'This service is not there any more.';
export const lastProbes = (markdownTable: Fact) => `Last probes, newest first:\n\n${markdownTable}`;
export const onItsNode = 'on its node';
export const onManager = 'on a manager';
export const psCommand = (name: Fact) => `docker service ps --no-trunc ${name}`;
export const logsCommand = (name: Fact) => `docker service logs --timestamps --tail 100 ${name}`;
export const inspectCommand = (name: Fact) => `docker service inspect -f '{{json .UpdateStatus}}' ${name}`;
export const earlierEnds = (lines: Fact) => `Earlier ends, newest first:\n\n${lines}`;
