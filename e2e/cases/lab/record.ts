import type { LabHost } from '#e2e/lab/lab.ts';
import type { EngineWords } from '#lib/testing/engine-words.ts';
import type { Rig } from './lab-case.ts';

// biome-ignore lint/suspicious/noExplicitAny: Docker's JSON, read without a line of the product
type Json = any;

async function get(host: LabHost, path: string): Promise<Json> {
  const response = await fetch(`${host.tcp.replace('tcp:', 'http:')}${path}`, {
    signal: AbortSignal.timeout(3_000),
    headers: { connection: 'close' },
  });
  if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
  return response;
}

/** Folders and ids of this machine's own are written as Docker's usual ones. */
function clean(text: string): string {
  return text
    .replace(/\/tmp\/vitals-lab\/[^/\s]+\/docker\d\d\/data/g, '/var/lib/docker')
    .replace(/\/tmp\/vitals-lab\/[^/\s]+\/docker\d\d\/exec/g, '/run/docker')
    .replace(/vitals-lab-[\w-]+\/docker\d\d\/containers/g, 'docker')
    .replace(/\b[0-9a-f]{64}\b/g, (id) => id.slice(0, 12))
    .trim();
}

/** @param sinceS of events, seconds since the epoch */
export async function readSaid(rig: Rig, service: string, sinceS: number): Promise<EngineWords> {
  const [{ ID: id }] = await (await get(rig.lab.manager, `/services?filters={"name":["${service}"]}`)).json();
  const tasks: Json[] = await (await get(rig.lab.manager, `/tasks?filters={"service":["${id}"]}`)).json();
  const said: EngineWords = { engine: '', tasks: [], containers: [], events: {} };
  for (const { Status, DesiredState } of tasks) {
    if (Status.State === 'running' && DesiredState === 'running') continue;
    said.tasks.push({
      state: Status.State,
      message: clean(Status.Message ?? ''),
      err: Status.Err === undefined ? null : clean(Status.Err),
      exitCode: Status.ContainerStatus?.ExitCode ?? null,
    });
  }
  const label = encodeURIComponent(JSON.stringify({ label: [`com.docker.swarm.service.id=${id}`] }));
  for (const host of rig.lab.hosts) {
    const containers: Json[] = await get(host, `/containers/json?all=1&filters=${label}`)
      .then((response) => response.json())
      .catch(() => []);
    if (containers.length > 0) said.engine = (await (await get(host, '/version')).json()).Version;
    for (const { Id } of containers) {
      const inspected = await get(host, `/containers/${Id}/json`)
        .then((response) => response.json())
        .catch(() => null);
      if (inspected === null) {
        said.containers.push({
          status: 'inspect does not answer',
          exitCode: 0,
          error: '',
          oomKilled: false,
          probe: null,
        });
        continue;
      }
      const { Status, ExitCode, Error: error, OOMKilled, Health } = inspected.State;
      const probe = Health?.Log?.findLast((one: Json) => one.ExitCode !== 0);
      if (Status === 'running' && probe === undefined) continue;
      said.containers.push({
        status: Status,
        exitCode: ExitCode,
        error: clean(error),
        oomKilled: OOMKilled,
        probe: probe ? { exitCode: probe.ExitCode, output: clean(probe.Output) } : null,
      });
    }
    const until = Math.floor(Date.now() / 1000);
    const events = await get(
      host,
      `/events?since=${sinceS}&until=${until}&filters=${encodeURIComponent(JSON.stringify({ type: ['container'], label: [`com.docker.swarm.service.id=${id}`] }))}`,
    )
      .then((response) => response.text())
      .catch(() => '');
    for (const line of events.split('\n').filter(Boolean)) {
      const { Action, Actor } = JSON.parse(line);
      const action = Action.replace(/^(exec_\w+): .*/s, '$1');
      const code = Actor.Attributes.exitCode;
      const name = code === undefined ? action : `${action} ${code}`;
      said.events[name] = (said.events[name] ?? 0) + 1;
    }
  }
  if (said.engine === '') said.engine = (await (await get(rig.lab.manager, '/version')).json()).Version;
  return { ...said, tasks: unique(said.tasks), containers: unique(said.containers) };
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
