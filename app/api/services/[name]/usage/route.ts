import { toVisibleName } from '#lib/model/text/show-hidden.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { notFound, toJson } from '#lib/server/to-json.ts';
import * as words from '#words/pages/shell.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}/usage`: what each replica of a service uses now. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  const name = toVisibleName((await params).name);
  const vitals = getVitals();
  const usage = vitals.usage.service(name);
  return usage ? toJson(usage) : notFound(words.noSuchService(name), vitals.picture().ready);
}
