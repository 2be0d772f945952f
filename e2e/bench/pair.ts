import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { withSignals } from '#e2e/lab/with-signals.ts';
import { root } from '#e2e/support/root.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import { describeMachine } from './describe-machine.ts';
import { formatPair, formatWhere } from './format-report.ts';
import { openBrowser } from './open-browser.ts';
import { type Build, measurePair, PAIR_GROUPS, type PairGroup } from './pair/measure-pair.ts';
import { SIZES } from './sizes.ts';

const HELP = `Two builds beside each other on one demo swarm: what each budget is about, of both, in one run.

  node e2e/bench/pair.ts --other FOLDER [options]

  --other FOLDER     another checkout with a build: the column "before"
  --size S,M,L       (default: S,M)
  --rows NAMES       of ${PAIR_GROUPS.join(', ')} (default: all)
  --loads N          cold loads of each (default: 8)
  --seconds N        length of the minute at rest, and of the one in which much changes (default: 20)
  --viewers N        for the change that many see (default: 1000)

What takes time of its own is measured in turns; what is counted (CPU at rest, bytes) at the same time.`;

const { values } = parseArgs({
  options: {
    other: { type: 'string' },
    size: { type: 'string', default: 'S,M' },
    rows: { type: 'string', default: PAIR_GROUPS.join(',') },
    loads: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '20' },
    viewers: { type: 'string', default: '1000' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const sizes = values.size.split(',').filter((name): name is 'S' | 'M' | 'L' => /^[SML]$/.test(name));
const groups = values.rows
  .split(',')
  .filter((name): name is PairGroup => PAIR_GROUPS.some((known) => known === name));
if (values.help) console.log(HELP);
else if (values.other === undefined || sizes.length === 0 || groups.length === 0) {
  console.error(HELP);
  process.exitCode = 1;
} else await withSignals(main(resolve(values.other)));

function main(checkout: string): (signal: AbortSignal) => Promise<void> {
  return async (signal) => {
    const builds = [checkout, root].map(
      (folder): Build => ({
        checkout: folder,
        start: (settings) => startVitals(settings, null, { checkout: folder }),
      }),
    );
    const loadBefore = loadavg()[0] ?? Number.NaN;
    const browser = await openBrowser();
    const end = () => void browser.close();
    signal.addEventListener('abort', end, { once: true });
    try {
      for (const size of sizes) {
        process.stderr.write(`${size}\n`);
        const { loads, seconds, viewers } = values;
        const input = { loads: Number(loads), seconds: Number(seconds), viewers: Number(viewers) };
        const [before = {}, after = {}] = await measurePair(builds, SIZES[size], {
          ...input,
          browser,
          groups,
          signal,
        });
        console.log(`${formatPair(size, before, after)}\n`);
      }
      console.log(formatWhere(describeMachine(browser.version(), loadBefore)));
    } finally {
      signal.removeEventListener('abort', end);
      await browser.close();
    }
  };
}
