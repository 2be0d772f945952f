import { toVisibleName } from '#lib/model/text/show-hidden.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { notFound, toJson } from '#lib/server/to-json.ts';
import * as words from '#words/pages/shell.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}`: one service by name or id, with the tasks of every slot, newest first. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  const name = toVisibleName((await params).name);
  const vitals = getVitals();
  const detail = await vitals.serviceDetail(name);
  return detail ? toJson(detail) : notFound(words.noSuchService(name), vitals.picture().ready);
}
