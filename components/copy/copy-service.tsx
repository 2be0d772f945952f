'use client';
import { useLiveContext } from '#lib/client/hooks/use-live-context.ts';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { toServiceHref } from '#lib/view/links/to-href.ts';
import { CopyButton } from './copy-button.tsx';

interface CopyServiceProps {
  service: ServicePicture;
  slots?: ServiceDetail['slots'] | null;
}

/** Copies how a service is, with the evidence, as Markdown. */
export function CopyService({ service, slots = null }: CopyServiceProps) {
  const { clock } = useLiveContext();
  const toText = async () => {
    const { formatServiceIncident } = await import('#lib/view/copy/format-incident.ts');
    const permalink = new URL(toServiceHref(service.name), location.href).href;
    return formatServiceIncident(service, slots, { nowMs: clock.nowMs(), permalink });
  };
  return <CopyButton label="Copy as Markdown" what={service.name} toText={toText} />;
}
