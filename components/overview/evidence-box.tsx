import { Output } from '#components/ui/output.tsx';
import type { ServicePicture } from '#lib/model/picture.ts';
import { describeProbe } from '#lib/view/describe-probe.ts';
import { formatDuration } from '#lib/view/format-duration.ts';
import { toEvidence } from '#lib/view/to-evidence.ts';

/** The proof beside the sentence: the failed probe's own words, or Docker's. */
export function EvidenceBox({ service }: { service: ServicePicture }) {
  const evidence = toEvidence(service);
  if (evidence === null) return null;
  if (evidence.kind === 'error') {
    // Where the sentence already quotes it, it proves nothing more.
    return service.sentence.includes(evidence.error) ? null : (
      <div className="trouble-evidence">
        <Output boxed text={evidence.error} lead="Docker" />
      </div>
    );
  }
  const { words, kind } = describeProbe(evidence.probe);
  const lead = kind === 'timed-out' ? words : `${words} after ${formatDuration(evidence.probe.durationMs)}`;
  return (
    <div className="trouble-evidence">
      <Output boxed text={evidence.probe.output} truncated={evidence.probe.truncated} lead={lead} />
    </div>
  );
}
