/** Are two values of the model (plain objects, arrays, primitives) the same in content? */
export function hasEqualContent(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!hasEqualContent(a[i], b[i])) return false;
    return true;
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  let keys = 0;
  // Asked for every object of every list: without an array of keys it costs a third.
  for (const key in left) {
    keys++;
    const one = left[key];
    const other = right[key];
    if (one !== other && !hasEqualContent(one, other)) return false;
    if (other === undefined && !Object.hasOwn(right, key)) return false;
  }
  for (const _ in right) keys--;
  return keys === 0;
}
