import type { Probe } from '#lib/model/docker/probe.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { classifyProbe } from '#lib/model/status/classify-probe.ts';

/** What to do about a probe that cannot run or has too little time; `null` about one that ran and said no. */
export function adviseProbe(probe: Probe | undefined, service: Service): string | null {
  if (probe === undefined || probe.exitCode === 0) return null;
  switch (classifyProbe(probe)) {
    case 'probe-timeout':
      return `If it is only slow, give its probes more time: docker service update --health-timeout TIME ${service.name}.`;
    case 'probe-command':
      return 'Correct the command of its health check: --health-cmd of the service, or HEALTHCHECK of the image.';
    case 'probe-failing':
      return null;
  }
}
