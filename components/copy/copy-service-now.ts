import { copyText } from '#lib/client/page/copy-text.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { formatServiceIncident } from '#lib/view/copy/format-incident.ts';
import { toServiceHref } from '#lib/view/links/to-href.ts';
import * as words from '#words/pages/copy.ts';

/** Copies how a service of the picture is, as Markdown. Says how it ended. */
export async function copyServiceNow(
  picture: SwarmPicture | null,
  serviceId: string,
  nowMs: number,
): Promise<string> {
  const service = picture?.services.find(({ id }) => id === serviceId);
  if (service === undefined) return words.serviceGone;
  const permalink = new URL(toServiceHref(service.name), location.href).href;
  const isCopied = await copyText(formatServiceIncident(service, null, { nowMs, permalink }));
  return isCopied ? words.copiedWhat(service.name) : words.copyRefused;
}
