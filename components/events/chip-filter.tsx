import type { Look } from '#components/status/looks.ts';

interface ChipFilterProps<T extends string> {
  label: string;
  name: string;
  values: readonly T[];
  chosen: readonly T[];
  looks: Record<T, Look>;
}

/** A filter by a few words: none chosen is all. */
export function ChipFilter<T extends string>({ label, name, values, chosen, looks }: ChipFilterProps<T>) {
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
