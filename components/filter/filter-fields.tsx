import { STATUS_LOOKS } from '#components/status/looks.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { toNodeNames } from '#lib/view/node/node-names.ts';
import type { OverviewFilter } from '#lib/view/overview/overview-filter.ts';
import * as words from '#words/pages/filter.ts';

interface FilterFieldsProps {
  filter: OverviewFilter;
  stacks: (string | null)[];
  nodes: NodePicture[];
}

/** The fields of the overview's filter. Drawn by the server alone: the browser needs no code for them. */
export function FilterFields({ filter, stacks, nodes }: FilterFieldsProps) {
  const names = toNodeNames(nodes);
  return (
    <>
      <input
        className="filter-text"
        type="search"
        name="q"
        aria-label={words.textLabel}
        placeholder={words.textPlaceholder}
        autoComplete="off"
        spellCheck={false}
        defaultValue={filter.text}
      />
      <label className="filter-check">
        <input type="checkbox" name="problems" value="1" defaultChecked={filter.problems} />
        {words.onlyProblems}
      </label>
      <select name="status" aria-label={words.status} defaultValue={filter.status ?? ''}>
        <option value="">{words.anyStatus}</option>
        {REPLICA_STATUSES.map((status) => (
          <option key={status} value={status}>
            {STATUS_LOOKS[status].word}
          </option>
        ))}
      </select>
      <select name="stack" aria-label={words.stack} defaultValue={filter.stack ?? ''}>
        <option value="">{words.anyStack}</option>
        {stacks.map((stack) => (
          <option key={stack ?? '-'} value={stack ?? '-'}>
            {stack ?? words.noStack}
          </option>
        ))}
        {filter.stack !== null && filter.stack !== '-' && !stacks.includes(filter.stack) && (
          <option value={filter.stack}>{filter.stack}</option>
        )}
      </select>
      <select name="node" aria-label={words.node} defaultValue={filter.node ?? ''}>
        <option value="">{words.anyNode}</option>
        {nodes.map((node) => (
          <option key={node.id} value={names.get(node.id)}>
            {names.get(node.id) === node.id ? `${node.hostname} (${node.id.slice(0, 8)})` : node.hostname}
          </option>
        ))}
        {filter.node !== null && ![...names.values()].includes(filter.node) && (
          <option value={filter.node}>{filter.node}</option>
        )}
      </select>
      <input
        className="filter-image"
        type="search"
        name="image"
        aria-label={words.image}
        placeholder={words.image}
        autoComplete="off"
        spellCheck={false}
        defaultValue={filter.image}
      />
      <noscript>
        <button type="submit" className="copy-button">
          {words.filter}
        </button>
      </noscript>
    </>
  );
}
