/** A JSON object as an engine sent it. */
export type Raw = Readonly<Record<string, unknown>>;

/**
 * Which members of an answer go on: `true` the scalar as it is, an object the same for a nested one, a list of one shape
 * each of its members. Whatever is not named stays behind: a field that a later engine adds cannot leak.
 */
export type Shape = { readonly [name: string]: true | Shape | readonly [true | Shape] };

/** The named members of `value`, and only scalars at the leaves; `null` when it is no object. */
export function project(value: unknown, shape: Shape): Raw | null {
  if (!isRaw(value)) return null;
  const result: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(shape)) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member === undefined || member === null) continue;
    const kept = keep(member, part);
    if (kept !== undefined) result[name] = kept;
  }
  return result;
}

function keep(member: unknown, part: Shape[string]): unknown {
  if (part === true) return typeof member === 'object' ? undefined : member;
  if (!isList(part)) return project(member, part) ?? undefined;
  if (!Array.isArray(member)) return undefined;
  return member.map((one) => keep(one, part[0])).filter((one) => one !== undefined);
}

const isList = (part: Shape | readonly [true | Shape]): part is readonly [true | Shape] =>
  Array.isArray(part);

export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
