import type { NodePicture, ServiceHead } from './picture.ts';
import type { Source } from './source.ts';
import type { SwarmInfo } from './swarm-info.ts';
import { VERDICTS, type Verdict } from './verdict.ts';

export interface SwarmFacts {
  swarm: SwarmInfo | null;
  /** Endpoints of managers. */
  managers: Source[];
  nodes: readonly NodePicture[];
  services: readonly Pick<ServiceHead, 'verdict' | 'name'>[];
  /** Has any manager answered since start? */
  ready: boolean;
}

const FINE: ReadonlySet<Verdict> = new Set(['updating', 'starting', 'running', 'healthy', 'idle']);

/** The whole swarm's verdict, the worst of its services, nodes and managers, with the sentence that says why. */
export function decideSwarmVerdict(facts: SwarmFacts): { verdict: Verdict; sentence: string } {
  const { services } = facts;
  let verdict: Verdict = 'idle';
  for (const service of services) verdict = worse(verdict, service.verdict);
  const troubled = services.filter((service) => !FINE.has(service.verdict));
  return { verdict, sentence: `${troubled.length} services need attention` };
}

function worse(a: Verdict, b: Verdict): Verdict {
  return VERDICTS.indexOf(a) <= VERDICTS.indexOf(b) ? a : b;
}
