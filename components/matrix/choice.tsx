interface ChoiceProps<T extends string> {
  label: string;
  choices: readonly (readonly [T, string])[];
  value: T;
  onChange: (value: T) => void;
}

/** More have no room beside each other. */
const MAX_BUTTONS = 4;

/** One of a few, as buttons beside each other, or of several, as a list. */
export function Choice<T extends string>({ label, choices, value, onChange }: ChoiceProps<T>) {
  if (choices.length > MAX_BUTTONS)
    return (
      <select
        className="matrix-choice"
        aria-label={label}
        value={value}
        onChange={({ target }) => {
          const [chosen] = choices.find(([choice]) => choice === target.value) ?? [];
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </select>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons are no fields of a form.
    <div className="matrix-choice" role="group" aria-label={label}>
      {choices.map(([choice, text]) => (
        <button key={choice} type="button" aria-pressed={choice === value} onClick={() => onChange(choice)}>
          {text}
        </button>
      ))}
    </div>
  );
}
