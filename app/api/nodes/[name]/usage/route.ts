import { findNodes } from '#lib/model/contract/picture-lookup.ts';
import { toVisibleName } from '#lib/model/text/show-hidden.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { notFound, toJson } from '#lib/server/to-json.ts';
import * as words from '#words/pages/shell.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/nodes/{name}/usage`: what Swarm's containers on a node use; 409 when several nodes have that hostname. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  const name = toVisibleName((await params).name);
  const vitals = getVitals();
  const picture = vitals.picture();
  const usage = vitals.usage.node(name);
  if (usage !== null) return toJson(usage);
  const ids = findNodes(picture.nodes, name).map(({ id }) => id);
  if (ids.length > 1) return toJson({ error: words.ambiguousNode(ids.length, name), ids }, 409);
  return notFound(words.noSuchNode(name), picture.ready);
}
