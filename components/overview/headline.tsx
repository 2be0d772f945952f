import { plural } from '#lib/view/format/numbers.ts';
import type { Summary } from '#lib/view/overview/summary.ts';
import * as words from '#words/pages/overview.ts';

/** The one answer that people come for: is anything wrong? What is not known is never called well. */
export function Headline({ services, nodes }: Pick<Summary, 'services' | 'nodes'>) {
  const { total, problems, unknown } = services;
  const well = total - problems - unknown;
  const isKnown = unknown === 0;
  const badNodes = nodes.total - nodes.ready;
  if (problems > 0) {
    return (
      <div>
        <b className="text-unhealthy">{words.attention(plural(problems, 'service'), problems === 1)}</b>
        <small>{words.wellOf(well, total, unknown)}</small>
      </div>
    );
  }
  if (badNodes > 0) {
    return (
      <div>
        <b className="text-unhealthy">{words.attention(plural(badNodes, 'node'), badNodes === 1)}</b>
        <small>{words.wellOf(well, total, unknown)}</small>
      </div>
    );
  }
  return (
    <div>
      <b className={isKnown && total > 0 ? 'text-healthy' : undefined}>
        {total === 0
          ? words.noServicesYet
          : isKnown
            ? words.allWell
            : `${plural(unknown, 'service')} unknown`}
      </b>
      <small>{isKnown ? plural(total, 'service') : words.wellOf(well, total, 0)}</small>
    </div>
  );
}
