'use client';

import { useRouter } from 'next/navigation';
import { type ChangeEvent, type FormEvent, useEffect, useRef, useTransition } from 'react';
import { EVENT_KIND_LOOKS, EVENT_LEVEL_LOOKS, type Look } from '#components/status/looks.ts';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { SWARM_EVENT_KINDS, SWARM_EVENT_LEVELS } from '#lib/model/contract/swarm-event.ts';
import { type EventsFilter, formatEventsFilter, parseEventsFilter } from '#lib/view/events/events-filter.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import type { AxisKey } from '#lib/view/timeline/axis-window.ts';
import * as words from '#words/pages/event-filters.ts';
import { TimeFilter } from './time-filter.tsx';

interface EventFiltersProps {
  filter: EventsFilter;
  /** What the axis above shows, where that was chosen: it stays. */
  axis: AxisKey | null;
  serviceNames: readonly string[];
  hostnames: readonly string[];
}

/** A name is applied when it is whole: chosen from the list, emptied, or with Enter. */
function isHalf(input: EventTarget): boolean {
  if (!(input instanceof HTMLInputElement) || input.type !== 'text' || input.value === '') return false;
  return !Array.from(input.list?.options ?? []).some(({ value }) => value === input.value);
}

/** Which events are shown. A plain form without JavaScript; with it every change is applied at once, and kept in the address. */
export function EventFilters({ filter, axis, serviceNames, hostnames }: EventFiltersProps) {
  const router = useRouter();
  const isHydrated = useHydrated();
  const [isPending, startTransition] = useTransition();
  const query = formatEventsFilter(filter);
  const form = useRef<HTMLFormElement>(null);
  // Another address, by whatever way: the form says what it says. The focus stays.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what it depends on.
  useEffect(() => {
    for (const input of form.current?.querySelectorAll('input') ?? []) {
      if (input.type === 'checkbox') input.checked = input.defaultChecked;
      else input.value = input.defaultValue;
    }
  }, [query]);

  const apply = (form: HTMLFormElement) => {
    const data = new FormData(form);
    const isFixed = data.get('range') === 'fixed';
    const readAll = (name: string) =>
      !isFixed && (name === 'from' || name === 'until') ? [] : data.getAll(name).map(String);
    const next = formatEventsFilter(parseEventsFilter(readAll, Date.now()));
    if (next === query) return;
    const parts = [next, axis === null ? '' : `axis=${axis}`].filter((part) => part !== '');
    startTransition(() =>
      router.replace(toPath(parts.length === 0 ? '/events' : `/events?${parts.join('&')}`), {
        scroll: false,
      }),
    );
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    apply(event.currentTarget);
  };
  const onChange = (event: ChangeEvent<HTMLFormElement>) => {
    if (!isHalf(event.target)) apply(event.currentTarget);
  };
  return (
    <form
      ref={form}
      className="panel event-filters"
      action={toPath('/events')}
      aria-label={words.filter}
      aria-busy={isPending}
      onSubmit={onSubmit}
      onChange={onChange}
    >
      {axis !== null && <input type="hidden" name="axis" value={axis} />}
      <NameFilter label={words.service} name="service" value={filter.service} options={serviceNames} />
      <NameFilter label={words.node} name="node" value={filter.node} options={hostnames} />
      <TimeFilter frame={filter.frame} />
      <ChipFilter
        label={words.about}
        name="kind"
        values={SWARM_EVENT_KINDS}
        chosen={filter.kinds}
        looks={EVENT_KIND_LOOKS}
      />
      <ChipFilter
        label={words.level}
        name="level"
        values={SWARM_EVENT_LEVELS}
        chosen={filter.levels}
        looks={EVENT_LEVEL_LOOKS}
      />
      <span className="event-filters-end">
        {!isHydrated && <button type="submit">{words.show}</button>}
        {query !== '' && <a href={toPath('/events')}>{words.showAll}</a>}
      </span>
    </form>
  );
}

interface ChipFilterProps<T extends string> {
  label: string;
  name: string;
  values: readonly T[];
  chosen: readonly T[];
  looks: Record<T, Look>;
}

/** A filter by a few words: none chosen is all. */
function ChipFilter<T extends string>({ label, name, values, chosen, looks }: ChipFilterProps<T>) {
  return (
    <fieldset>
      <legend>{label}</legend>
      {values.map((value) => (
        <label key={value} className={`event-chip ${looks[value].className}`}>
          <input type="checkbox" name={name} value={value} defaultChecked={chosen.includes(value)} />
          <span className="status-glyph" aria-hidden="true" />
          {looks[value].word}
        </label>
      ))}
    </fieldset>
  );
}

interface NameFilterProps {
  label: string;
  name: string;
  value: string | null;
  options: readonly string[];
}

/** A filter by a name, with the known ones offered. */
function NameFilter({ label, name, value, options }: NameFilterProps) {
  return (
    <>
      <label>
        {label}
        <input
          type="text"
          name={name}
          list={`event-${name}`}
          defaultValue={value ?? ''}
          placeholder={words.anyOne}
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      <datalist id={`event-${name}`}>
        {options.map((option) => (
          <option key={option} value={option} />
        ))}
      </datalist>
    </>
  );
}
