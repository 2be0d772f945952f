import { CopyService } from '#components/copy/copy-incident.tsx';
import { RootLine } from '#components/findings/root-line.tsx';
import { SilenceButton } from '#components/silences/silence-button.tsx';
import { SilenceMark } from '#components/silences/silence-mark.tsx';
import { VERDICT_LOOKS } from '#components/status/looks.ts';
import { DetailHead } from '#components/ui/detail-head.tsx';
import { useSeen } from '#components/ui/seen.tsx';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { toReportHref, toServiceHref, toServiceLogHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { describeCounts } from '#lib/view/overview/summary.ts';
import { toServiceSubjects } from '#lib/view/silences/silence-subjects.ts';
import * as words from '#words/pages/service.ts';

/** A service's name, verdict and the sentence that says why. */
export function ServiceHeader({
  service,
  slots,
  logs = false,
  mayBeSilenced = false,
}: {
  service: ServicePicture;
  slots: ServiceDetail['slots'];
  logs?: boolean;
  mayBeSilenced?: boolean;
}) {
  const { swarm } = useSeen();
  return (
    <DetailHead
      trail={[
        { text: words.services, href: toPath('/') },
        ...(service.stack === null ? [] : [{ text: service.stack }]),
      ]}
      title={service.name}
      status={VERDICT_LOOKS[service.verdict]}
      about={describeCounts(service)}
      sinceMs={service.sinceMs}
      sentence={<p>{keepTogether(service.sentence)}</p>}
      hint={service.hint}
      actions={
        <>
          {swarm && (
            <a className="copy-button" href={toReportHref({ service: service.name })}>
              {words.report}
            </a>
          )}
          {logs && (
            <a className="copy-button" href={toServiceLogHref(service.name)}>
              {words.containerLog}
            </a>
          )}
          {service.replicas.length > 1 && (
            <a className="copy-button" href={`${toServiceHref(service.name)}/compare`}>
              {words.compare}
            </a>
          )}
          {mayBeSilenced && <SilenceButton subjects={toServiceSubjects(service)} />}
          <CopyService service={service} slots={slots} />
        </>
      }
      data={{ 'data-service': service.name, 'data-verdict': service.verdict }}
    >
      <SilenceMark silenced={service.silenced} />
      <RootLine findings={service.replicas.flatMap(({ findings }) => findings)} />
    </DetailHead>
  );
}
