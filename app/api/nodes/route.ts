import { deriveNodesPage } from '#lib/model/derive/derive-node-situation.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/nodes`: all nodes with how many replicas are on each, and the quorum. */
export async function GET(): Promise<Response> {
  return toJson(deriveNodesPage((await getVitals()).picture()));
}
