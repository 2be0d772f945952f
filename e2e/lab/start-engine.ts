import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { toAddress } from './create-network.ts';
import type { LabEngine } from './engines.ts';
import { cleanEnv, run } from './run.ts';
import { toDockerCommand } from './to-docker-command.ts';
import { toEngineCommand } from './to-engine-command.ts';
import { toHostFiles } from './to-host-files.ts';
import type { HostNames } from './to-lab-names.ts';
import { waitFor } from './wait-for.ts';

export interface EngineOptions {
  engine: LabEngine;
  /** More variables for its environment: `TZ`. */
  env?: Record<string, string>;
  signal?: AbortSignal;
}

/**
 * Starts a host's Docker engine, which outlives this process, and waits until it answers.
 * @throws with the end of its log when it ends at once or does not answer within 60 s
 */
export async function startEngine(
  host: HostNames,
  network: [number, number],
  { engine, env: more, signal }: EngineOptions,
): Promise<void> {
  const files = toHostFiles(host);
  for (const path of [files.execRoot, files.temporary, files.pidFile, files.socket])
    rmSync(path, { recursive: true, force: true });
  mkdirSync(files.temporary, { recursive: true });
  writeFileSync(files.resolvConf, 'nameserver 127.0.0.1\n');
  // In place of this machine's own /etc/docker/daemon.json.
  writeFileSync(files.config, '{}\n');
  const [command = '', ...args] = toEngineCommand(host, toAddress(network, host.number), engine);
  const log = openSync(files.log, 'a');
  const env = { ...cleanEnv, TMPDIR: files.temporary, DOCKER_SERVICE_PREFER_OFFLINE_IMAGE: '1', ...more };
  const child = spawn(command, args, { detached: true, stdio: ['ignore', log, log], env });
  closeSync(log);
  child.unref();
  let end: string | null = null;
  child.once('error', (error) => {
    end = error.message;
  });
  child.once('exit', (code, signalName) => {
    end = `exit ${code ?? signalName}`;
  });
  const [docker, ...flags] = toDockerCommand(engine, files.socket);
  const answers = async (): Promise<boolean> => {
    if (end !== null) return true;
    await run(docker, [...flags, 'version'], { timeoutMs: 5_000 });
    return true;
  };
  try {
    await waitFor(answers, 60_000, `the engine of ${host.hostname}`, signal);
    if (end !== null) throw new Error(`The engine of ${host.hostname} ended at its start (${end}).`);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Error(`${(error as Error).message}\nThe end of its log:\n${tail(files.log)}`, { cause: error });
  }
}

function tail(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n').slice(-20).join('\n') : '(none)';
}
