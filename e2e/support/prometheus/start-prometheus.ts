import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { ensurePrograms } from '#e2e/support/ensure-programs.ts';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { root } from '#e2e/support/root.ts';

interface Series {
  metric: Record<string, string>;
  value: [number, string];
}

/** A real Prometheus that scrapes one server each second, with our alert rules. */
export interface Prometheus {
  /** The answer to an instant query. @throws when Prometheus refuses it */
  query(expression: string): Promise<Series[]>;
  alerts(): Promise<{ labels: Record<string, string>; state: string }[]>;
  close(): Promise<void>;
}

/** What is missing for `startPrometheus`, in words; see `ensurePrograms`. */
export function ensurePrometheus(): Promise<string | null> {
  return ensurePrograms({ prometheus: 'prometheus', promtool: 'prometheus' });
}

export async function startPrometheus(target: string): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-prometheus-'));
  const port = await findFreePort();
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [join(root, 'docs/prometheus/alerts.yml')],
    scrape_configs: [{ job_name: 'swarm-vitals', static_configs: [{ targets: [new URL(target).host] }] }],
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config));
  const options = [
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'prometheus', ...options], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const read = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(5_000) });
    const answer = (await response.json()) as { status: string; error?: string; data: never };
    if (answer.status !== 'success') throw new Error(answer.error);
    return answer.data;
  };
  const close = async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const self: Prometheus = {
    query: async (expression) => {
      const { result } = (await read(`/api/v1/query?query=${encodeURIComponent(expression)}`)) as {
        result: Series[];
      };
      return result;
    },
    alerts: async () => ((await read('/api/v1/alerts')) as { alerts: never[] }).alerts,
    close,
  };
  try {
    await waitFor(() => self.query('up == 1').then(({ length }) => length > 0), 30_000, 'a first scrape');
  } catch (error) {
    await close();
    throw error;
  }
  return self;
}
