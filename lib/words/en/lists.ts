/** `1 replica`, `3 replicas`. */
export function formatPlural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinNames(names: readonly string[]): string {
  if (names.length < 2) return names.join();
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The names, or their number where there are more than three: `4 nodes`. */
export function joinFew(names: readonly string[], nouns: string): string {
  return names.length > 3 ? `${names.length} ${nouns}` : joinNames(names);
}
