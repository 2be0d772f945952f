import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Truth } from './read-truth.ts';

const GREEN = ['healthy', 'running', 'failing'];

/** Every field in which the picture says something else than the engines, by its name; empty when it is true. */
export function compareTruth(truth: Truth, picture: SwarmPicture): Map<string, string> {
  const differences = new Map<string, string>();
  const differ = (name: string, text: string) => void differences.set(name, `${name} ${text}`);
  const compare = (
    what: string,
    wanted: Record<string, unknown>,
    got: Record<string, unknown> | undefined,
  ) => {
    if (got === undefined) return differ(what, 'is missing');
    for (const [field, value] of Object.entries(wanted)) {
      if (!isAs(value, field, got[field]))
        differ(`${what}: ${field}`, `is ${value}, the picture says ${got[field]}`);
    }
  };
  const nodes = new Map(
    picture.nodes.map((node) => [
      node.id,
      {
        hostname: node.hostname,
        status: node.status,
        availability: node.availability,
        role: node.role,
        leader: node.leader,
        engine: node.engine.state,
      },
    ]),
  );
  for (const [id, node] of Object.entries(truth.nodes)) {
    const why = picture.nodes.find((one) => one.id === id)?.engine.error ?? 'no error';
    compare(`node ${node.hostname} (${why})`, node, nodes.get(id));
  }
  if (!truth.isWhole) return differences;
  for (const id of nodes.keys()) if (!(id in truth.nodes)) differ(`node ${id}`, 'is not there');

  const replicas = new Map<string, Record<string, unknown>>();
  const mayBeGreen = (name: string) => truth.jobs.includes(name.replace(/\.[^.]*$/, ''));
  for (const service of picture.services) {
    const { name, id, image, update } = service;
    const wanted = truth.services[name];
    if (wanted === undefined) differ(`service ${name}`, 'is not there');
    else compare(`service ${name}`, wanted, { id, image, update: update?.state ?? null });
    for (const replica of service.replicas) {
      const { health } = replica;
      replicas.set(`${name}.${replica.key}`, {
        taskId: replica.taskId,
        nodeId: replica.nodeId,
        taskState: replica.taskState,
        desiredState: replica.desiredState,
        error: replica.error,
        containerId: replica.containerId,
        status: replica.status,
        health: health === null ? null : `${health.status} ${health.failingStreak}`,
        lastExit: (health?.failingStreak ?? 0) > 0 ? (health?.lastProbe?.exitCode ?? null) : null,
      });
    }
  }
  for (const name of Object.keys(truth.services))
    if (!picture.services.some((service) => service.name === name)) differ(`service ${name}`, 'is missing');
  for (const [name, replica] of Object.entries(truth.replicas)) compare(name, replica, replicas.get(name));
  for (const [name, { status }] of replicas)
    if (!(name in truth.replicas) && !mayBeGreen(name) && GREEN.includes(String(status)))
      differ(name, `is not there, and is ${status}`);
  return differences;
}

function isAs(wanted: unknown, field: string, got: unknown): boolean {
  if (wanted === 'not live') return got !== 'live';
  if (wanted === 'not green') return !GREEN.includes(String(got));
  return got === wanted || (field === 'status' && wanted === null);
}
