import type { LifeStatement } from '#lib/model/contract/statement.ts';
import { describeExit } from './exit.ts';
import { describeProbeResult } from './probes.ts';

/** One moment of a task's life. */
export function describeMoment(moment: LifeStatement): string {
  switch (moment.kind) {
    case 'created':
      return 'Task created';
    case 'assigned':
      return `Assigned${describePlace(moment.host)}`;
    case 'started':
      return `Started${describePlace(moment.host)}`;
    case 'healthy':
      return moment.again ? 'Probe passed again' : 'First healthy probe';
    case 'failing':
      return `First failed probe: ${describeProbeResult(moment.result)}`;
    case 'unhealthy':
      return `Unhealthy after ${moment.retries} failed ${moment.retries === 1 ? 'probe' : 'probes'}`;
    case 'stopping':
      return 'Told to stop';
    case 'exited': {
      const how = moment.exitCode === null ? 'Ended' : `Ended with ${describeExit(moment.exitCode)}`;
      return moment.oomKilled ? `${how}, out of memory` : how;
    }
    case 'ended':
      return `Task ${moment.state}`;
  }
}

function describePlace(host: string | null): string {
  return host === null ? '' : ` on ${host}`;
}
