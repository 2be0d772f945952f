import { getFleet, getVitals, isAboveSwarms } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /metrics`: for Prometheus; above several swarms all of them, each series with the name of its swarm. */
export async function GET(): Promise<Response> {
  const fleet = (await isAboveSwarms()) ? await getFleet() : null;
  const { contentType, text } = await (fleet ?? (await getVitals())).metrics();
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
}
