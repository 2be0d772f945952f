interface WallChoicesProps {
  legend: string;
  hint: string;
  all: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Some of many, each a box to tick; none ticked is all of them. */
export function WallChoices({ legend, hint, all, chosen, onChange }: WallChoicesProps) {
  const known = [...new Set([...all, ...chosen])];
  const toggle = (name: string) =>
    onChange(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  return (
    <fieldset>
      <legend>{legend}</legend>
      <small>{hint}</small>
      <div className="wall-choices">
        {known.map((name) => (
          <label key={name}>
            <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} /> {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
