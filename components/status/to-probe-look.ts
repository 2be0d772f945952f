import type { Probe } from '#lib/model/docker/probe.ts';
import { describeProbe } from '#lib/view/replica/probe.ts';
import type { Look } from './looks.ts';

/** How a probe's result is shown. */
export function toProbeLook(probe: Probe): Look {
  const { kind, words } = describeProbe(probe);
  return { word: words, className: kind === 'passed' ? 's-healthy' : 's-unhealthy' };
}
