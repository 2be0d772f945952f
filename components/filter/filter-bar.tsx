'use client';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import { useHydrated } from '#lib/client/use-hydrated.ts';
import type { NodePicture } from '#lib/model/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/replica-status.ts';
import { isFiltering, type OverviewFilter, parseFilter } from '#lib/view/overview-filter.ts';
import { plural } from '#lib/view/plural.ts';
import { toNodeNames } from '#lib/view/to-node-names.ts';

interface FilterBarProps {
  filter: OverviewFilter;
  onFilter: (filter: OverviewFilter) => void;
  stacks: (string | null)[];
  nodes: NodePicture[];
  shown: number;
  total: number;
}

const AFTER_MS = 150;

function readForm(form: HTMLFormElement): OverviewFilter {
  const data = new FormData(form);
  return parseFilter({ get: (name) => data.get(name)?.toString() ?? null });
}

/** What the overview shows of all services. A form: without JavaScript it is sent, with it the address changes at once. */
export function FilterBar({ filter, onFilter, stacks, nodes, shown, total }: FilterBarProps) {
  const isHydrated = useHydrated();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [sent, setSent] = useState(filter);
  const names = toNodeNames(nodes);
  useEffect(() => () => clearTimeout(timer.current), []);
  // Another address, such as a link that clears the filter, fills the fields anew; what is being typed stays.
  const [round, setRound] = useState(0);
  if (filter !== sent) {
    setSent(filter);
    if (isHydrated && form.current !== null && !isSame(readForm(form.current), filter)) setRound(round + 1);
  }
  const apply = () => {
    clearTimeout(timer.current);
    if (form.current !== null) onFilter(readForm(form.current));
  };
  const onChange = (event: FormEvent) => {
    clearTimeout(timer.current);
    if (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox')
      timer.current = setTimeout(apply, AFTER_MS);
    else apply();
  };
  return (
    <form
      key={round}
      ref={form}
      className="filter"
      action="/"
      aria-label="Filter services"
      onChange={onChange}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <input
        className="filter-text"
        type="search"
        name="q"
        aria-label="Name or image"
        placeholder="Filter by name or image"
        autoComplete="off"
        spellCheck={false}
        defaultValue={filter.text}
      />
      <label className="filter-check">
        <input type="checkbox" name="problems" value="1" defaultChecked={filter.problems} />
        Only problems
      </label>
      <select name="status" aria-label="Status" defaultValue={filter.status ?? ''}>
        <option value="">Any status</option>
        {REPLICA_STATUSES.map((status) => (
          <option key={status} value={status}>
            {STATUS_LOOKS[status].word}
          </option>
        ))}
      </select>
      <select name="stack" aria-label="Stack" defaultValue={filter.stack ?? ''}>
        <option value="">Any stack</option>
        {stacks.map((stack) => (
          <option key={stack ?? '-'} value={stack ?? '-'}>
            {stack ?? 'No stack'}
          </option>
        ))}
        {filter.stack !== null && filter.stack !== '-' && !stacks.includes(filter.stack) && (
          <option value={filter.stack}>{filter.stack}</option>
        )}
      </select>
      <select name="node" aria-label="Node" defaultValue={filter.node ?? ''}>
        <option value="">Any node</option>
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
        aria-label="Image"
        placeholder="Image"
        autoComplete="off"
        spellCheck={false}
        defaultValue={filter.image}
      />
      <noscript>
        <button type="submit" className="copy-button">
          Filter
        </button>
      </noscript>
      <span className="filter-count" role="status">
        {isFiltering(filter) ? `${shown} of ${plural(total, 'service')}` : plural(total, 'service')}
      </span>
      {isFiltering(filter) && (
        <a href="/" className="text-accent">
          Clear
        </a>
      )}
    </form>
  );
}

function isSame(a: OverviewFilter, b: OverviewFilter): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
