import { formatCount } from '#lib/view/format/numbers.ts';
import * as words from '#words/pages/overview.ts';
import { UnknownService } from './unknown-service.tsx';

const MAX_SERVICES = 40;

/** Services of which it cannot be said how they are, in one place: their reason is most often the same. */
export function UnknownServices({ serviceIds }: { serviceIds: string[] }) {
  if (serviceIds.length === 0) return null;
  const hidden = serviceIds.length - MAX_SERVICES;
  return (
    <section className="grid gap-2.5" aria-labelledby="unknown-services">
      <h2 id="unknown-services">{words.unknownTitle}</h2>
      <ul className="panel unknown-list">
        {serviceIds.slice(0, MAX_SERVICES).map((id) => (
          <UnknownService key={id} serviceId={id} />
        ))}
        {hidden > 0 && (
          <li className="text-muted">{words.moreServices(formatCount(hidden), hidden === 1)}</li>
        )}
      </ul>
    </section>
  );
}
