/** A part of an answer of Docker's, in its own names. */
export type Json = { [name: string]: unknown };

/** What a case lays over an answer: members are replaced, objects are gone into, and `undefined` takes a member away. */
export type Patch = Json | null | undefined | false;

/** `base` with these laid over it, one after the other. Lists are replaced whole. Neither is changed. */
export function patch(base: Json, ...patches: Patch[]): Json {
  let result = base;
  for (const over of patches) if (over) result = lay(result, over);
  return result;
}

function lay(base: Json, over: Json): Json {
  const result: Json = { ...base };
  for (const [name, value] of Object.entries(over)) {
    if (value === undefined) delete result[name];
    else result[name] = isJson(value) && isJson(base[name]) ? lay(base[name], value) : value;
  }
  return result;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
