import { VERDICT_LOOKS } from '#components/status/looks.ts';
import { useService } from '#lib/client/hooks/use-part.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import * as words from '#words/pages/problem-lines.ts';

/** The worst of what came while the list below stands still, how many more there are, and the way to see them. */
export function ProblemsWaiting({ fresh, onShow }: { fresh: readonly string[]; onShow: () => void }) {
  const worst = useService(fresh[0] ?? '');
  const look = worst && VERDICT_LOOKS[worst.verdict];
  return (
    <button type="button" className={`problems-waiting ${look?.className ?? ''}`} onClick={onShow}>
      {worst !== undefined && look !== undefined && (
        <>
          <span className="status-glyph" aria-hidden="true" />
          <b title={worst.sentence}>{worst.name}</b> {look.word.toLowerCase()}
          {fresh.length > 1 && words.moreFresh(formatCount(fresh.length - 1))}
        </>
      )}
      <span>{worst === undefined ? words.sortAgain : words.showFresh}</span>
    </button>
  );
}
