import { parseArgs } from 'node:util';

export const HELP = `A Docker swarm that is not there: the API of every engine of a whole swarm, in this process.

  npm run demo                    five nodes with some services and a life of their own
  npm run demo -- --help          this text

  --nodes N                       how many nodes (5)
  --services N, --replicas N      a swarm of exactly this size, of ordinary services
  --seed N                        another swarm, repeatable (7)
  --churn N                       N health changes a minute and nothing else, instead of the life of its own
  --past N                        it has lived through a day of N hours before (0; not with --services, --replicas or --churn)
  --agents                        each engine is told of as its agent would: one of four probes that pass, no labels
  --ports                         published ports listen, on loopback addresses of the nodes (Linux alone)
  --folder PATH                   unix sockets in this folder (default: loopback ports)
  --port N                        the first loopback port (42375; 0: any that is free)
  --control PORT                  a control endpoint for tests on this loopback port:
                                  POST /flip /kill-task /update /crash /node-down /node-up /freeze /thaw /cut-body /garbage /port /cut-ports /connections
`;

export interface CliOptions {
  help: boolean;
  nodes: number;
  services: number | null;
  replicas: number | null;
  seed: number;
  churn: number | null;
  pastHours: number;
  agents: boolean;
  ports: boolean;
  folder: string | null;
  port: number;
  control: number | null;
}

/** @throws TypeError or RangeError with a sentence for people */
export function readCliOptions(args: string[]): CliOptions {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', short: 'h' },
      nodes: string,
      services: string,
      replicas: string,
      seed: string,
      churn: string,
      past: string,
      agents: { type: 'boolean' },
      ports: { type: 'boolean' },
      folder: string,
      port: string,
      control: string,
    },
  });
  const read = (
    name: Exclude<keyof typeof values, 'help' | 'folder' | 'ports' | 'agents'>,
    low: number,
    high: number,
  ) => {
    const text = values[name];
    if (text === undefined) return null;
    const number = Number(text);
    if (Number.isInteger(number) && number >= low && number <= high) return number;
    throw new RangeError(`--${name} takes a whole number from ${low} to ${high}, not "${text}".`);
  };
  const pastHours = read('past', 0, 72) ?? 0;
  if (pastHours > 0 && [values.services, values.replicas, values.churn].some((one) => one !== undefined))
    throw new RangeError(
      '--past is for the demo swarm as it is: not with --services, --replicas or --churn.',
    );
  return {
    help: values.help === true,
    nodes: read('nodes', 1, 1_000) ?? 5,
    services: read('services', 1, 100_000),
    replicas: read('replicas', 1, 1_000_000),
    seed: read('seed', 0, 2 ** 31) ?? 7,
    churn: read('churn', 0, 100_000),
    pastHours,
    agents: values.agents === true,
    ports: values.ports === true && process.platform === 'linux',
    folder: values.folder ?? null,
    port: read('port', 0, 64_000) ?? 42_375,
    control: read('control', 0, 65_535),
  };
}
