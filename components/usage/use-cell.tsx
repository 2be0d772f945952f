import type { Finding } from '#lib/model/contract/finding.ts';
import type { Usage } from '#lib/model/contract/usage.ts';
import { describeCpu, describeMemory } from '#lib/view/usage/describe-usage.ts';
import { MeasureBar } from './measure.tsx';

/** Memory and CPU of one replica in a list; empty until they are read. */
export function UseCell({ usage, findings }: { usage: Usage | null; findings: readonly Finding[] }) {
  return (
    <td className="use-cell">
      {usage !== null && (
        <>
          <MeasureBar measure={describeMemory(usage, findings)} />
          <MeasureBar measure={describeCpu(usage, findings)} />
        </>
      )}
    </td>
  );
}
