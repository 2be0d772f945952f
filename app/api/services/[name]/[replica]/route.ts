import { toVisibleName } from '#lib/model/text/show-hidden.ts';
import { answerRead } from '#lib/server/answers/not-read.ts';
import { notFound, toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import * as words from '#words/pages/shell.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}/{key}`: one replica with its probes, its life and its slot's earlier tasks. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ name: string; replica: string }> },
): Promise<Response> {
  const { replica, ...raw } = await params;
  const name = toVisibleName(raw.name);
  const vitals = await getVitals();
  return answerRead(async () => {
    const detail = await vitals.replicaDetail(name, replica);
    return detail ? toJson(detail) : notFound(words.noSuchReplica(name, replica), vitals.picture().ready);
  });
}
