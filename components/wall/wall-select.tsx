interface WallSelectProps<T extends string> {
  label: string;
  value: T;
  choices: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}

/** One of a few. */
export function WallSelect<T extends string>({ label, value, choices, onChange }: WallSelectProps<T>) {
  return (
    <label className="wall-field">
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          const found = choices.find(([choice]) => choice === event.target.value);
          if (found !== undefined) onChange(found[0]);
        }}
      >
        {choices.map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
