import { findNodes } from '#lib/model/contract/picture-lookup.ts';
import { toVisibleName } from '#lib/model/text/show-hidden.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import type { Vitals } from '#lib/server/vitals.ts';
import * as words from '#words/pages/gone.ts';
import { answerRead } from './not-read.ts';
import { notFound, toJson } from './to-json.ts';

/** What Next hands to a route below `[name]`. */
export interface NamedRoute {
  params: Promise<{ name: string }>;
}

type Ask = (vitals: Vitals, name: string) => unknown;

/** The answer about the service of that name or id: 404 where there is none, 503 before the swarm was read. */
export async function answerService(
  { params }: NamedRoute,
  ask: Ask,
  describeNone: (name: string) => string = words.noSuchService,
): Promise<Response> {
  const name = toVisibleName((await params).name);
  const vitals = await getVitals();
  return answerRead(async () => {
    const answer = await ask(vitals, name);
    return answer ? toJson(answer) : notFound(describeNone(name), vitals.picture().ready);
  });
}

/** What Next hands to a route below `[name]/[replica]`. */
export interface ReplicaRoute {
  params: Promise<{ name: string; replica: string }>;
}

/** The names in the address of a replica's route, as the picture has them. */
export async function readReplicaRoute({ params }: ReplicaRoute): Promise<{ name: string; key: string }> {
  const { name, replica } = await params;
  return { name: toVisibleName(name), key: toVisibleName(replica) };
}

/** The same as for a service, about a replica. */
export async function answerReplica(
  route: ReplicaRoute,
  ask: (vitals: Vitals, name: string, key: string) => unknown,
  describeNone: (name: string, key: string) => string = words.noSuchReplica,
): Promise<Response> {
  const { name, key } = await readReplicaRoute(route);
  const vitals = await getVitals();
  return answerRead(async () => {
    const answer = await ask(vitals, name, key);
    return answer ? toJson(answer) : notFound(describeNone(name, key), vitals.picture().ready);
  });
}

/**
 * The answer about the node of that id or hostname, which is asked for by its id: 404 where there is none, 409 with the
 * ids where several have that hostname, 503 before the swarm was read.
 */
export async function answerNode({ params }: NamedRoute, ask: Ask): Promise<Response> {
  const name = toVisibleName((await params).name);
  const vitals = await getVitals();
  const picture = vitals.picture();
  const [node, ...others] = findNodes(picture.nodes, name);
  if (node !== undefined && others.length > 0) {
    const ids = [node, ...others].map(({ id }) => id);
    return toJson({ error: words.ambiguousNode(ids.length, name), ids }, 409);
  }
  return answerRead(async () => {
    const answer = node && (await ask(vitals, node.id));
    return answer ? toJson(answer) : notFound(words.noSuchNode(name), picture.ready);
  });
}
