import { Output } from '#components/ui/output.tsx';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { toEvidence } from '#lib/view/overview/overview-problems.ts';

/** The proof beside the sentence, in the probe's or Docker's own words. */
export function EvidenceBox({ service }: { service: ServicePicture }) {
  const evidence = toEvidence(service);
  // Where the sentence already quotes it, it proves nothing more.
  if (evidence === null || service.sentence.includes(evidence.text.trim() || evidence.label)) return null;
  return (
    <div className="problem-evidence">
      <Output boxed text={evidence.text} lead={evidence.label} />
    </div>
  );
}
