import { plural } from '#lib/view/plural.ts';
import { AttentionArticle } from './attention-article.tsx';

const MOST = 24;

/** The services that need attention, worst first. */
export function AttentionList({ serviceIds }: { serviceIds: string[] }) {
  if (serviceIds.length === 0) return null;
  const hidden = serviceIds.length - MOST;
  return (
    <section className="grid gap-2.5" aria-labelledby="attention">
      <h2 id="attention">Needs attention</h2>
      <div className="attention">
        {serviceIds.slice(0, MOST).map((id) => (
          <AttentionArticle key={id} serviceId={id} />
        ))}
      </div>
      {hidden > 0 && (
        <p className="text-muted">And {plural(hidden, 'more service')}, marked in the list below.</p>
      )}
    </section>
  );
}
