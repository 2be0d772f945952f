import { readFileSync } from 'node:fs';
import { SETTINGS, type Setting, type SettingName } from './settings.ts';

type OfKind<K extends Setting['is']['kind']> = {
  [N in SettingName]: (typeof SETTINGS)[N]['is']['kind'] extends K ? N : never;
}[SettingName];
type Secret = { [N in SettingName]: (typeof SETTINGS)[N] extends { secret: true } ? N : never }[SettingName];
type ChoiceOf<N extends SettingName> = (typeof SETTINGS)[N]['is'] extends { of: readonly (infer T)[] }
  ? T
  : never;

/**
 * The settings as they are written, each by its row. What is wrong with one is added to the problems, in words that
 * begin with its name; then what counts is what counts when it is not set.
 */
export interface Settings {
  /** `null`: not set, and nothing counts instead. Blanks around it do not count; an empty one is not set. */
  text(name: OfKind<'text'>): string | null;
  /** Of the variable, or of the file that `X_FILE` names. */
  secret(name: Secret): string | null;
  list(name: OfKind<'list'>): string[];
  isSet(name: SettingName): boolean;
  /** Is it there, with nothing in it? */
  isBlank(name: SettingName): boolean;
  port(name: OfKind<'port'>): number;
  count(name: OfKind<'count'>): number | null;
  choice<N extends OfKind<'choice'>>(name: N): ChoiceOf<N> | null;
}

export function readSettings(env: Record<string, string | undefined>, problems: string[]): Settings {
  const row = (name: SettingName): Setting => SETTINGS[name];
  const written = (name: string) => env[name]?.trim() || null;
  const get = (name: SettingName) => written(name) ?? row(name).unset ?? null;

  function readNumber(name: SettingName, min: number, max: number, what: string): number | null {
    const read = (text: string | null) => {
      const value = text !== null && /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max ? value : null;
    };
    const own = written(name);
    const value = read(own);
    if (own !== null && value === null)
      problems.push(`${name}: ${what} from ${min} to ${max}, not "${own}".`);
    return value ?? read(row(name).unset ?? null);
  }

  return {
    text: get,
    secret(name) {
      const direct = written(name);
      const path = written(`${name}_FILE`);
      if (path === null) return direct;
      if (direct !== null) problems.push(`${name} and ${name}_FILE: set one of them.`);
      try {
        const text = readFileSync(path, 'utf8').trim();
        if (text === '') problems.push(`${name}_FILE: ${path} is empty.`);
        return text;
      } catch (error) {
        problems.push(`${name}_FILE: ${error instanceof Error ? error.message : String(error)}`);
        return null;
      }
    },
    list: (name) => (get(name) ?? '').split(/[,\s]+/).filter((part) => part !== ''),
    isBlank: (name) => env[name]?.trim() === '',
    isSet: (name) =>
      written(name) !== null || (row(name).secret === true && written(`${name}_FILE`) !== null),
    port: (name) => readNumber(name, 1, 65_535, 'a port is a number') ?? 0,
    count(name) {
      const { min, max } = SETTINGS[name].is;
      return readNumber(name, min, max, 'a whole number');
    },
    choice<N extends OfKind<'choice'>>(name: N) {
      const words: readonly string[] = SETTINGS[name].is.of;
      const own = written(name);
      if (own !== null && words.includes(own)) return own as ChoiceOf<N>;
      if (own !== null)
        problems.push(`${name}: ${words.join(', ').replace(/, ([^,]*)$/, ' or $1')}, not "${own}".`);
      return (row(name).unset ?? null) as ChoiceOf<N> | null;
    },
  };
}
