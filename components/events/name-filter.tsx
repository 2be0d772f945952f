interface NameFilterProps {
  label: string;
  name: string;
  value: string | null;
  options: readonly string[];
}

/** A filter by a name, with the known ones offered. */
export function NameFilter({ label, name, value, options }: NameFilterProps) {
  return (
    <>
      <label>
        {label}
        <input
          type="text"
          name={name}
          list={`event-${name}`}
          defaultValue={value ?? ''}
          placeholder="all"
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
