'use client';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { toPath } from '#lib/view/links/to-path.ts';
import { isFiltering, type OverviewFilter, parseFilter } from '#lib/view/overview/overview-filter.ts';
import { countServices } from '#words/counts.ts';
import * as words from '#words/pages/overview.ts';

interface FilterBarProps {
  /** The page that it filters: `/`. */
  page: string;
  filter: OverviewFilter;
  onFilter: (filter: OverviewFilter) => void;
  /** The fields, as the server drew them. */
  fields: ReactNode;
  shown: number;
  total: number;
  /** So many of those that are shown have the port or the address, or are on the network, that the text is. */
  byPlace: number;
}

const AFTER_MS = 150;

/** What a page shows of all services. A form: without JavaScript it is sent, with it the address changes at once. */
export function FilterBar({ page, filter, onFilter, fields, shown, total, byPlace }: FilterBarProps) {
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const apply = () => {
    clearTimeout(timer.current);
    if (form.current === null) return;
    const data = new FormData(form.current);
    onFilter(parseFilter({ get: (name) => data.get(name)?.toString() ?? null }));
  };
  const onChange = (event: FormEvent) => {
    clearTimeout(timer.current);
    if (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox')
      timer.current = setTimeout(apply, AFTER_MS);
    else apply();
  };
  return (
    <form
      ref={form}
      className="filter"
      action={toPath(page)}
      aria-label={words.filterServices}
      onChange={onChange}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      {fields}
      <span className="filter-count" role="status">
        {isFiltering(filter) ? words.shownOf(shown, countServices(total)) : countServices(total)}
        {byPlace > 0 && words.foundByPlace(byPlace)}
      </span>
      {isFiltering(filter) && (
        <a href={toPath(page)} className="text-accent" onClick={() => form.current?.reset()}>
          {words.clear}
        </a>
      )}
    </form>
  );
}
