import { lazy, memo } from 'react';
import { Age, Decision } from '#components/live/times.tsx';
import { VERDICT_LOOKS } from '#components/status/looks.ts';
import { ReplicaCells } from '#components/status/replica-cells.tsx';
import { StatusWord } from '#components/status/status-word.tsx';
import { Hint } from '#components/ui/hint.tsx';
import { Output } from '#components/ui/output.tsx';
import { useHighest } from '#lib/client/hooks/use-highest.ts';
import { useService } from '#lib/client/hooks/use-part.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { toReplicaHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { toDecidesAt, toEvidence, toWorstReplica } from '#lib/view/overview/overview-problems.ts';
import { describeCounts } from '#lib/view/overview/summary.ts';
import { toReplicaName } from '#lib/view/replica/names.ts';
import { copyMarkdown, lasting } from '#words/pages/status.ts';

const MAX_CELLS = 60;
// Most problems have none.
const SilenceMark = lazy(() =>
  import('#components/silences/silence-mark.tsx').then((loaded) => ({ default: loaded.SilenceMark })),
);

/** One service with a problem: what, since when, why, and the proof. */
export const ProblemArticle = memo(function ProblemArticle({ serviceId }: { serviceId: string }) {
  const service = useService(serviceId);
  // First: the text as a whole is as high as its sentence has become.
  const sentence = useHighest();
  const text = useHighest();
  if (service === undefined) return null;
  const look = VERDICT_LOOKS[service.verdict];
  const worst = toWorstReplica(service.replicas);
  const decidesAtMs = toDecidesAt(service.replicas);
  return (
    <article className={`panel problem ${look.className}`}>
      <div className="problem-text" ref={text}>
        <h3>
          <a
            href={toServiceHref(service.name)}
            className="long-name"
            title={service.name.length > 60 ? service.name : undefined}
          >
            {service.name}
          </a>{' '}
          <span className="font-normal text-muted">{describeCounts(service)}</span>
        </h3>
        <p ref={sentence}>{keepTogether(service.sentence)}</p>
        <Hint text={service.hint} />
        {service.silenced && <SilenceMark silenced={service.silenced} />}
      </div>
      <div className="problem-state">
        <StatusWord look={look} />
        <div className="text-muted">
          {lasting} <Age atMs={service.sinceMs} form="span" />
        </div>
        {decidesAtMs !== null && (
          <div className="whitespace-nowrap">
            <Decision atMs={decidesAtMs} />
          </div>
        )}
      </div>
      <EvidenceBox service={service} />
      <div className="problem-replicas">
        <ReplicaCells repeated serviceName={service.name} replicas={service.replicas.slice(0, MAX_CELLS)} />
        {worst !== null && (
          <a className="text-accent" href={toReplicaHref(service.name, worst.key)}>
            {toReplicaName(worst)}
          </a>
        )}
        <button
          type="button"
          className="copy-button"
          data-copy-service={service.id}
          aria-label={`${copyMarkdown}: ${service.name}`}
        >
          {copyMarkdown}
        </button>
      </div>
    </article>
  );
});

/** The proof beside the sentence, in the probe's or Docker's own words. */
function EvidenceBox({ service }: { service: ServicePicture }) {
  const evidence = toEvidence(service);
  // Where the sentence already quotes it, it proves nothing more.
  if (evidence === null || service.sentence.includes(evidence.text.trim() || evidence.label)) return null;
  return (
    <div className="problem-evidence">
      <Output boxed text={evidence.text} lead={evidence.label} />
    </div>
  );
}
