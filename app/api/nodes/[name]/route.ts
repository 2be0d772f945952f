import { findNodes } from '#lib/model/contract/picture-lookup.ts';
import { toVisibleName } from '#lib/model/text/show-hidden.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { notFound, toJson } from '#lib/server/to-json.ts';
import * as words from '#words/pages/shell.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/nodes/{name}`: one node by id or hostname; 409 with the ids when several have that hostname. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  const name = toVisibleName((await params).name);
  const vitals = getVitals();
  const picture = vitals.picture();
  const [node, ...others] = findNodes(picture.nodes, name);
  if (node === undefined) return notFound(words.noSuchNode(name), picture.ready);
  if (others.length > 0) {
    const ids = [node, ...others].map(({ id }) => id);
    return toJson({ error: words.ambiguousNode(ids.length, name), ids }, 409);
  }
  const detail = await vitals.nodeDetail(node.id);
  return detail ? toJson(detail) : notFound(words.noSuchNode(name), picture.ready);
}
