import { CopyService } from '#components/copy/copy-incident.tsx';
import { RootLine } from '#components/findings/root-line.tsx';
import { Age } from '#components/live/times.tsx';
import { VERDICT_LOOKS } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { Hint } from '#components/ui/hint.tsx';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { toServiceLogHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { describeCounts } from '#lib/view/overview/summary.ts';

/** A service's name, verdict and the sentence that says why. */
export function ServiceHeader({
  service,
  slots,
  logs = false,
}: {
  service: ServicePicture;
  slots: ServiceDetail['slots'];
  logs?: boolean;
}) {
  const look = VERDICT_LOOKS[service.verdict];
  return (
    <header className="detail-head" data-service={service.name} data-verdict={service.verdict}>
      <div className="min-w-0">
        <nav className="text-muted" aria-label="Breadcrumb">
          <a href={toPath('/')}>Services</a>
          {service.stack !== null && ` / ${service.stack}`}
        </nav>
        <h1>{service.name}</h1>
      </div>
      <div className="min-w-0 pb-0.5">
        <p className="text-[16px]">
          <StatusWord look={look} text={`${look.word}, ${describeCounts(service)}`} />{' '}
          <span className="text-[14px] text-muted">
            for <Age atMs={service.sinceMs} form="span" />
          </span>{' '}
          <CopyService service={service} slots={slots} />
        </p>
        <p>
          {service.sentence}
          {logs && (
            <a className="ml-3 whitespace-nowrap text-accent underline" href={toServiceLogHref(service.name)}>
              Container log
            </a>
          )}
        </p>
        <RootLine findings={service.replicas.flatMap(({ findings }) => findings)} />
        <Hint text={service.hint} />
      </div>
    </header>
  );
}
