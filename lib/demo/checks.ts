import type { CheckPlan, ProbeFailure } from './service-plan.ts';

const REFUSED: ProbeFailure = {
  exitCode: 7,
  output:
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0\ncurl: (7) Failed to connect to localhost port 8080 after 0 ms: Couldn’t connect to server\n',
  durationMs: [12, 90],
};
const SILENT: ProbeFailure = { exitCode: -1, output: '', durationMs: [0, 0] };

interface Rhythm {
  intervalMs?: number;
  timeoutMs?: number;
  startPeriodMs?: number;
  retries?: number;
}

function toCheck(
  command: string,
  passes: string[],
  failures: ProbeFailure[],
  durationMs: readonly [number, number],
  rhythm: Rhythm = {},
): CheckPlan {
  const { intervalMs = 10_000, timeoutMs = 3_000, startPeriodMs = 0, retries = 3 } = rhythm;
  return {
    test: ['CMD-SHELL', command],
    intervalMs,
    timeoutMs,
    startPeriodMs,
    retries,
    durationMs,
    passes,
    failures,
  };
}

/** Health checks as people write them, with what they print when all is well and when it is not. */
export const CHECKS = {
  nginx: toCheck(
    'wget -q -O /dev/null http://127.0.0.1/healthz || exit 1',
    [''],
    [
      {
        exitCode: 1,
        output: 'wget: can’t connect to remote host (127.0.0.1): Connection refused\n',
        durationMs: [8, 40],
      },
      {
        exitCode: 1,
        output: 'wget: server returned error: HTTP/1.1 502 Bad Gateway\n',
        durationMs: [20, 300],
      },
    ],
    [9, 60],
    { intervalMs: 5_000 },
  ),
  http: toCheck(
    'curl -fsS http://localhost:8080/health',
    ['{"status":"ok"}', '{"status":"ok","db":"up","queue":"up"}'],
    [
      {
        exitCode: 22,
        output: 'curl: (22) The requested URL returned error: 503\n',
        durationMs: [25, 400],
      },
      SILENT,
      REFUSED,
    ],
    [18, 240],
    { intervalMs: 5_000 },
  ),
  checkout: toCheck(
    'curl -fsS -H "Authorization: Bearer planted-secret-4" http://localhost:8080/ready',
    ['{"ready":true,"payments":"reachable","stock":"reachable"}'],
    [
      {
        exitCode: 22,
        output:
          '{"ready":false,"payments":"timeout after 2000 ms","stock":"reachable"}\ncurl: (22) The requested URL returned error: 503\n',
        durationMs: [2_010, 2_200],
      },
      SILENT,
    ],
    [30, 400],
    { intervalMs: 5_000, timeoutMs: 5_000 },
  ),
  java: toCheck(
    'curl -fsS "http://localhost:9200/_cluster/health?wait_for_status=yellow&timeout=1s"',
    ['{"cluster_name":"shop-search","status":"green","number_of_nodes":2,"active_shards":24}'],
    [
      {
        exitCode: 7,
        output: 'curl: (7) Failed to connect to localhost port 9200: Connection refused\n',
        durationMs: [10, 60],
      },
      {
        exitCode: 22,
        output: 'curl: (22) The requested URL returned error: 408\n',
        durationMs: [1_020, 1_400],
      },
    ],
    [40, 700],
    { timeoutMs: 5_000, startPeriodMs: 90_000, retries: 5 },
  ),
  traefik: toCheck(
    'traefik healthcheck --ping',
    ['OK: http://:8080/ping\n'],
    [{ exitCode: 1, output: 'Bad healthcheck status: 503 Service Unavailable\n', durationMs: [20, 90] }],
    [22, 110],
  ),
  grpc: toCheck(
    '/bin/grpc_health_probe -addr=:9090',
    ['status: SERVING\n'],
    [
      {
        exitCode: 2,
        output: 'timeout: failed to connect service ":9090" within 1s\n',
        durationMs: [1_001, 1_030],
      },
      {
        exitCode: 4,
        output: 'service unhealthy (responded with "NOT_SERVING")\n',
        durationMs: [9, 50],
      },
    ],
    [8, 70],
  ),
  postgres: toCheck(
    'pg_isready -U shop -d shop',
    ['/var/run/postgresql:5432 - accepting connections\n'],
    [
      {
        exitCode: 1,
        output: '/var/run/postgresql:5432 - rejecting connections\n',
        durationMs: [15, 60],
      },
      { exitCode: 2, output: '/var/run/postgresql:5432 - no response\n', durationMs: [15, 80] },
    ],
    [14, 60],
    { startPeriodMs: 30_000, retries: 5 },
  ),
  redis: toCheck(
    'redis-cli -a planted-secret-2 --no-auth-warning ping | grep PONG',
    ['PONG\n'],
    [
      {
        exitCode: 1,
        output: 'LOADING Redis is loading the dataset in memory\n',
        durationMs: [6, 40],
      },
      SILENT,
    ],
    [5, 35],
  ),
  kafka: toCheck(
    'python -m ingest.check --max-lag 5000',
    ['lag=12 ok\n', 'lag=240 ok\n', 'lag=0 ok\n'],
    [
      {
        exitCode: 1,
        output: 'consumer lag 18230 exceeds 5000 on orders-3\n',
        durationMs: [300, 900],
      },
      {
        exitCode: 1,
        output:
          'Traceback (most recent call last):\n  File "/app/ingest/check.py", line 41, in main\n    lag = broker.lag(topic)\nConnectionError: no brokers available\n',
        durationMs: [200, 700],
      },
    ],
    [180, 900],
    { timeoutMs: 5_000 },
  ),
  model: toCheck(
    'curl -fsS http://localhost:8000/v2/health/ready',
    ['', 'model resnet-ranker v7 loaded\n'],
    [
      {
        exitCode: 22,
        output: 'curl: (22) The requested URL returned error: 400\n',
        durationMs: [20, 200],
      },
      { exitCode: -1, output: 'waiting for CUDA context …\n', durationMs: [0, 0] },
    ],
    [25, 300],
    { startPeriodMs: 60_000 },
  ),
} as const;
