import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /metrics`: for Prometheus. */
export async function GET(): Promise<Response> {
  const { contentType, text } = await (await getVitals()).metrics();
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
}
