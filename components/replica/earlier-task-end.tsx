import { Output } from '#components/ui/output.tsx';
import type { TaskDetail } from '#lib/model/contract/detail.ts';
import { describeExit } from '#lib/model/text/describe-exit.ts';

/** How an earlier task ended: the sentence, its proof, exit code, out of memory, and Docker's own error. */
export function EarlierTaskEnd({ task }: { task: TaskDetail }) {
  const { container, end, error } = task;
  const exitCode = container?.exitCode ?? task.exitCode;
  const facts = [
    exitCode === null ? null : describeExit(exitCode),
    container?.oomKilled ? 'killed by the kernel: out of memory' : null,
    container?.failingStreak ? `${container.failingStreak} probes failed in a row` : null,
  ].filter((fact) => fact !== null);
  const isErrorTold = error === null || error === '' || end?.evidence?.text.includes(error);
  return (
    <div className="earlier-end">
      {end !== null && <p>{end.sentence}</p>}
      {facts.length > 0 && <p className="text-muted">{facts.join(', ')}</p>}
      {end?.evidence != null && <Output boxed text={end.evidence.text} lead={end.evidence.label} />}
      {!isErrorTold && <Output boxed text={error ?? ''} lead="Docker says" />}
    </div>
  );
}
