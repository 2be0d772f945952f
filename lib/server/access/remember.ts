/** So many of a kind are known again. */
export const MAX_REMEMBERED = 2_000;

/** Puts it in, and lets the oldest go where there is no room. */
export function remember<Value>(known: Map<string, Value>, key: string, value: Value): void {
  if (known.size >= MAX_REMEMBERED) known.delete(known.keys().next().value ?? '');
  known.set(key, value);
}
