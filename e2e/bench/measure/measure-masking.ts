import fc from 'fast-check';
import { maskCommand } from '#lib/model/text/masking/mask-command.ts';
import { MAX_MASKED_CHARS, maskSecrets } from '#lib/model/text/masking/mask-secrets.ts';
import { CHANGING_UNITS, countTo, HOSTILE_UNITS, repeatTo } from '#lib/testing/hostile-texts.ts';

const TRIES = 7;
const WORDS = 2_000;
const RANDOM = 200;
const LINES = 100_000;

/** Lines as servers write them, `{n}` a number. */
const ORDINARY = [
  '10.0.0.{n} - - [28/Nov/2026:11:04:05 +0000] "GET /api/v1/items/{n}?page=3 HTTP/1.1" 200 512 "-" "Mozilla/5.0"',
  '2026-11-28T11:04:25.{n}Z INFO  [worker-3] com.example.OrderService - processed order {n} in 12 ms',
  '{"level":"info","ts":1764327865.{n},"caller":"server/http.go:88","msg":"done","method":"GET","path":"/users/{n}"}',
  'time="2026-11-28T11:04:25Z" level=info msg="synced 12 objects" component=controller count={n}',
  'LOG:  checkpoint complete: wrote {n} buffers (0.1%); 0 WAL file(s) added, 0 removed, 1 recycled',
  'user {n} logged in, session refreshed, token expires in 3600 s',
  'at Object.handle (/app/node_modules/express/lib/router/index.js:{n}:12)',
  '\u001b[32mINFO\u001b[0m[{n}] listening on 0.0.0.0:8080 workers=4',
];

/** The least of some tries by the clock, in ms: other work only adds, and many kernels count CPU in ticks of 4 ms. */
function measureMs(run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < TRIES; round += 1) {
    const from = performance.now();
    run();
    best = Math.min(best, performance.now() - from);
  }
  return best;
}

interface Worst {
  ms: number;
  of: string;
}

function findWorst(units: readonly string[], run: (unit: string) => () => unknown): Worst {
  const all = units.map((of) => ({ ms: measureMs(run(of)), of }));
  return all.reduce((worst, one) => (one.ms > worst.ms ? one : worst));
}

/** `npm run bench -- --rows masking`: what masking costs, ordinary lines and the worst that was found. No swarm is needed. */
export function measureMasking(seed: number): string {
  const mixed = fc
    .sample(fc.array(fc.constantFrom(...HOSTILE_UNITS), { minLength: 2, maxLength: 6 }), {
      numRuns: RANDOM,
      seed,
    })
    .map((units) => units.join(''));
  for (const unit of HOSTILE_UNITS) maskSecrets(repeatTo(unit, 4_096));
  const lines = Array.from({ length: LINES }, (_, n) =>
    (ORDINARY[n % ORDINARY.length] ?? '').replaceAll('{n}', String(n)),
  );
  const chars = lines.reduce((sum, line) => sum + line.length, 0);
  const ordinary = measureMs(() => lines.map((line) => maskSecrets(line)));
  const text = (unit: string) => {
    const long = repeatTo(unit, MAX_MASKED_CHARS);
    return () => maskSecrets(long);
  };
  const changing = (unit: string) => {
    const long = countTo(unit, MAX_MASKED_CHARS);
    return () => maskSecrets(long);
  };
  const command = (unit: string) => {
    const words = Array.from({ length: WORDS }, (_, index) => (index % 2 === 0 ? unit : '--password'));
    return () => maskCommand(['CMD', 'redis-cli', ...words]);
  };
  const rows: [what: string, worst: Worst][] = [
    [`64 kB of each of ${HOSTILE_UNITS.length} hostile units`, findWorst(HOSTILE_UNITS, text)],
    [`64 kB of each of ${RANDOM} mixtures (seed ${seed})`, findWorst(mixed, text)],
    [`64 kB of each of ${CHANGING_UNITS.length} units that change`, findWorst(CHANGING_UNITS, changing)],
    [`a command of ${WORDS} words of each unit`, findWorst(HOSTILE_UNITS, command)],
  ];
  return [
    `| masking | the least of ${TRIES} tries | of |`,
    '|---|---|---|',
    `| ${LINES} ordinary lines | ${ordinary.toFixed(0)} ms, ${((ordinary * 1e6) / chars).toFixed(1)} ns a character | |`,
    ...rows.map(
      ([what, { ms, of }]) =>
        `| ${what}, the worst | ${ms.toFixed(1)} ms, ${((ms * 1e6) / MAX_MASKED_CHARS).toFixed(0)} ns a character | ${JSON.stringify(of).slice(0, 60).replaceAll('|', '\\|')} |`,
    ),
  ].join('\n');
}
