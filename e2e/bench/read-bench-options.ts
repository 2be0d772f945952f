import { parseArgs } from 'node:util';
import { ROW_GROUPS, type RowGroup, USUAL_GROUPS } from './rows.ts';
import { SIZE_NAMES, SIZES, type SizeName, USUAL_SIZES } from './sizes.ts';
import type { Target } from './subject.ts';

const SIZE_LINES = SIZE_NAMES.map((name) => {
  const { nodes, services, replicas } = SIZES[name];
  return `                        ${name}: ${nodes} nodes, ${services} services, ${replicas} replicas`;
}).join('\n');

export const BENCH_HELP = `Measures the product on demo swarms of several sizes, and what the bare minimum takes on this machine (Linux).
It needs a build (npm start -- --build) and Chromium. The table goes to stdout.

  npm run bench                             everything, about a quarter of an hour
  npm run bench -- --size S --rows latency  a part of it
  npm run bench -- --rows masking [SEED]    what masking costs, ordinary lines and hostile texts; needs no build
  npm run bench -- --rows hostile           what a stranger's request costs; an answer beside 1,000 hostile connections of each kind (4 minutes)
  npm run bench -- --rows layout            how far each page jumps in a minute of 50 changes a second; also --size S,M --seconds 60
                                            --widths 390,1440 --pages node,wall (23 minutes)
  npm run bench -- --help                   this text

  --size A,B            sizes (${USUAL_SIZES.join(',')})
${SIZE_LINES}
  --rows A,B            what to measure (${USUAL_GROUPS.join(',')}; also checks: ports that are asked and what containers use, some 7 minutes a size, 5 with --seconds 30 --flips 20; memory takes an hour for each size)
  --flips N             changes for each latency (40)
  --loads N             cold loads (10)
  --seconds N           length of the idle measurement, and of the one of churn (60)
  --settle N            seconds before the measurement of checks: ports that have just been seen are asked more often for two minutes,
                        and V8 compiles what turns out to be used often (140)
  --minutes N           length of the run that watches memory (60)
  --viewers N           viewers of the fan-out (1000)
  --json PATH           also writes everything, each single value, to this file
  --write PATH          also puts the table into this document (docs/bench.md), in the place of the last one
  --profile FOLDER      the server writes a CPU profile there for each size

Another dashboard, which looks at a demo swarm with a control endpoint (npm run demo -- --control 4300 …):

  --endpoint URL        its page
  --control URL         the demo's control endpoint, e.g. http://127.0.0.1:4300
  --selector CSS        a replica's element; {service} and {slot} stand for its own
  --targets A.1,B.2     the replicas to change, SERVICE.SLOT each
`;

export interface BenchOptions {
  help: boolean;
  sizes: SizeName[];
  groups: RowGroup[];
  flips: number;
  loads: number;
  seconds: number;
  settle: number;
  minutes: number;
  viewers: number;
  json: string | null;
  write: string | null;
  profile: string | null;
  other: { url: string; control: string; selector: string; targets: Target[] } | null;
}

/** @throws TypeError or RangeError with a sentence for people */
export function readBenchOptions(args: string[]): BenchOptions {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', short: 'h' },
      size: string,
      rows: string,
      flips: string,
      loads: string,
      seconds: string,
      settle: string,
      minutes: string,
      viewers: string,
      json: string,
      write: string,
      profile: string,
      endpoint: string,
      control: string,
      selector: string,
      targets: string,
    },
  });
  const count = (
    name: 'flips' | 'loads' | 'seconds' | 'settle' | 'minutes' | 'viewers',
    otherwise: number,
  ) => {
    const number = Number(values[name] ?? otherwise);
    if (Number.isInteger(number) && number > 0) return number;
    throw new RangeError(`--${name} takes a whole number above 0, not "${values[name]}".`);
  };
  const sizes = values.size === undefined ? [...USUAL_SIZES] : readNames('size', values.size, SIZE_NAMES);
  const groups = values.rows === undefined ? [...USUAL_GROUPS] : readNames('rows', values.rows, ROW_GROUPS);
  return {
    help: values.help === true,
    sizes,
    groups,
    flips: count('flips', 40),
    loads: count('loads', 10),
    seconds: count('seconds', 60),
    settle: count('settle', 140),
    minutes: count('minutes', 60),
    viewers: count('viewers', 1_000),
    json: values.json ?? null,
    write: values.write ?? null,
    profile: values.profile ?? null,
    other: readOther(values),
  };
}

function readNames<T extends string>(name: string, text: string | undefined, known: readonly T[]): T[] {
  const chosen = text === undefined ? known : text.split(',');
  const unknown = chosen.find((one) => !known.some((two) => two === one));
  if (unknown !== undefined) throw new RangeError(`--${name} knows ${known.join(', ')}, not "${unknown}".`);
  return known.filter((one) => chosen.includes(one));
}

function readOther(values: { endpoint?: string; control?: string; selector?: string; targets?: string }) {
  const { endpoint: url, control, selector, targets } = values;
  if (url === undefined) return null;
  if (control === undefined || selector === undefined || targets === undefined)
    throw new TypeError('--endpoint needs --control, --selector and --targets.');
  return { url, control: control.replace(/\/$/, ''), selector, targets: targets.split(',').map(toTarget) };
}

function toTarget(text: string): Target {
  const dot = text.lastIndexOf('.');
  if (dot <= 0) throw new TypeError(`--targets takes SERVICE.SLOT, not "${text}".`);
  return { service: text.slice(0, dot), slot: text.slice(dot + 1) };
}
