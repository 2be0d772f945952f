import { readFileSync } from 'node:fs';

/** A secret from the variable `name`, or from the file that `name_FILE` names; `null` when neither is set. */
export function readSecret(
  name: string,
  get: (name: string) => string | null,
  problems: string[],
): string | null {
  const direct = get(name);
  const path = get(`${name}_FILE`);
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
}
