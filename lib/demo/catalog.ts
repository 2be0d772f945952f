import { CHECKS } from './checks.ts';
import type { ServicePlan } from './service-plan.ts';

const GIB = 1024 ** 3;

type Draft = Partial<ServicePlan> & Pick<ServicePlan, 'name' | 'stack' | 'image' | 'tags'>;

function toPlan(draft: Draft): ServicePlan {
  return {
    mode: { kind: 'replicated', replicas: 1 },
    check: null,
    checkIn: 'image',
    command: ['/usr/local/bin/serve'],
    env: [],
    constraints: [],
    reserveMemoryBytes: 0,
    warmUpMs: [400, 3_000],
    restartDelayMs: 5_000,
    updateOrder: 'stop-first',
    publishedPort: null,
    logLines: [
      '\u001b[32minfo\u001b[0m request served status=200 in 12 ms',
      '\u001b[32minfo\u001b[0m request served status=200 in 9 ms',
      '\u001b[32minfo\u001b[0m request served status=304 in 2 ms',
      '! \u001b[33mwarn\u001b[0m slow query: 412 ms',
    ],
    logEveryMs: 7_000,
    ...draft,
  };
}

const of = (replicas: number) => ({ kind: 'replicated', replicas }) as const;

/** Ordinary services, the most typical first: also what bigger swarms are made of. */
export const PLAIN: readonly ServicePlan[] = [
  toPlan({
    name: 'web',
    stack: 'shop',
    image: 'registry.example.com/shop/web',
    tags: ['4.18.2', '4.19.0'],
    mode: of(5),
    check: CHECKS.nginx,
    command: ['nginx', '-g', 'daemon off;'],
    updateOrder: 'start-first',
    publishedPort: 8080,
    logLines: [
      '10.0.1.2 - - "GET /products/1842 HTTP/1.1" 200 5120',
      '10.0.1.2 - - "GET /cart HTTP/1.1" 200 811',
      '10.0.1.7 - - "POST /cart HTTP/1.1" 201 96',
      '! 2026/11/25 [warn] 31#31: *1842 an upstream response is buffered to a temporary file',
    ],
    logEveryMs: 1_700,
  }),
  toPlan({
    name: 'api',
    stack: 'shop',
    image: 'registry.example.com/shop/api',
    tags: ['2.7.1', '2.8.0'],
    mode: of(6),
    check: CHECKS.http,
    checkIn: 'service',
    env: ['LOG_LEVEL=info', 'DATABASE_URL=postgres://shop:planted-secret-1@postgres/shop'],
  }),
  toPlan({
    name: 'proxy',
    stack: 'platform',
    image: 'traefik',
    tags: ['v3.5.4', 'v3.6.2'],
    mode: { kind: 'global' },
    check: CHECKS.traefik,
    checkIn: 'service',
    command: ['traefik', '--ping=true', '--providers.swarm=true'],
    warmUpMs: [200, 1_500],
  }),
  toPlan({
    name: 'checkout',
    stack: 'shop',
    image: 'registry.example.com/shop/checkout',
    tags: ['1.12.0', '1.12.1'],
    mode: of(4),
    check: CHECKS.checkout,
    checkIn: 'service',
    env: ['PAYMENTS_API_KEY=planted-secret-3'],
  }),
  toPlan({
    name: 'postgres',
    stack: 'data',
    image: 'postgres',
    tags: ['17.7', '17.8'],
    check: CHECKS.postgres,
    checkIn: 'service',
    command: ['postgres'],
    env: ['POSTGRES_USER=shop', 'POSTGRES_PASSWORD=planted-secret-1'],
    warmUpMs: [3_000, 9_000],
    logLines: ['LOG:  checkpoint complete: wrote 212 buffers (1.3%)'],
  }),
  toPlan({
    name: 'redis',
    stack: 'data',
    image: 'redis',
    tags: ['8.4.0-alpine', '8.4.1-alpine'],
    mode: of(3),
    check: CHECKS.redis,
    command: ['redis-server', '--requirepass', 'planted-secret-2'],
  }),
  toPlan({
    name: 'payments',
    stack: 'shop',
    image: 'registry.example.com/shop/payments',
    tags: ['0.31.4', '0.32.0'],
    mode: of(3),
    check: CHECKS.grpc,
    env: ['PAYMENTS_API_KEY=planted-secret-3'],
  }),
  toPlan({
    name: 'mailer',
    stack: 'platform',
    image: 'registry.example.com/platform/mailer',
    tags: ['1.4.0', '1.4.1'],
    mode: of(2),
    env: ['SMTP_PASSWORD=planted-secret-5'],
  }),
  toPlan({
    name: 'ingest',
    stack: 'data',
    image: 'registry.example.com/data/ingest',
    tags: ['2026.11.2', '2026.11.3'],
    mode: of(3),
    check: CHECKS.kafka,
    command: ['python', '-m', 'ingest'],
  }),
  toPlan({
    name: 'auth',
    stack: 'platform',
    image: 'registry.example.com/platform/auth',
    tags: ['3.2.0', '3.2.1'],
    mode: of(3),
    check: CHECKS.http,
    env: ['JWT_SIGNING_KEY=planted-secret-4'],
  }),
  toPlan({
    name: 'search',
    stack: 'shop',
    image: 'opensearchproject/opensearch',
    tags: ['3.3.2', '3.4.0'],
    mode: of(2),
    check: CHECKS.java,
    checkIn: 'service',
    warmUpMs: [35_000, 60_000],
    reserveMemoryBytes: 2 * GIB,
  }),
  toPlan({
    name: 'inference',
    stack: 'ml',
    image: 'registry.example.com/ml/inference',
    tags: ['0.9.3', '0.9.4'],
    mode: of(3),
    check: CHECKS.model,
    warmUpMs: [8_000, 25_000],
  }),
];

/** What makes a swarm interesting: the one that crashes, the one that fits nowhere, the one switched off, the job. */
export const SPECIAL: readonly ServicePlan[] = [
  toPlan({
    name: 'embedder',
    stack: 'ml',
    image: 'registry.example.com/ml/embedder',
    tags: ['0.3.0', '0.3.1'],
    check: CHECKS.model,
    command: ['python', '-m', 'embedder'],
    warmUpMs: [2_000, 6_000],
    logLines: ['loading weights …', "! KeyError: 'EMBEDDINGS_BUCKET'"],
  }),
  toPlan({
    name: 'trainer',
    stack: 'ml',
    image: 'registry.example.com/ml/trainer',
    tags: ['0.5.0'],
    constraints: ['node.labels.gpu == true'],
    reserveMemoryBytes: 48 * GIB,
  }),
  toPlan({
    name: 'legacy-import',
    stack: 'data',
    image: 'registry.example.com/data/legacy-import',
    tags: ['1.0.9'],
    mode: of(0),
  }),
  toPlan({
    name: 'nightly-export',
    stack: 'data',
    image: 'registry.example.com/data/export',
    tags: ['1.6.2'],
    mode: { kind: 'replicated-job', maxConcurrent: 2, total: 4 },
    command: ['python', '-m', 'export', '--all'],
  }),
];
