/** The labels of nodes that somebody gave them (`docker node update --label-add`), by the node's id. */
export type NodeLabels = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** With more values a label makes more columns than it saves; with one it tells nothing apart. */
const MAX_VALUES = 40;
/** More are no choice. */
const MAX_LABELS = 12;

/** The labels by which nodes may be folded: those whose values tell nodes apart, and put several together. */
export function listFoldLabels(labels: NodeLabels): string[] {
  const values = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const own of Object.values(labels))
    for (const [name, value] of Object.entries(own)) {
      const known = values.get(name) ?? new Set();
      if (known.size <= MAX_VALUES) known.add(value);
      values.set(name, known);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  return [...values]
    .filter(([name, { size }]) => size > 1 && size <= MAX_VALUES && size < (counts.get(name) ?? 0))
    .map(([name]) => name)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .slice(0, MAX_LABELS);
}

/** Nothing but what nodes may be folded by: a page is not sent the rest. */
export function selectFoldLabels(labels: NodeLabels): NodeLabels {
  const names = new Set(listFoldLabels(labels));
  if (names.size === 0) return {};
  return Object.fromEntries(
    Object.entries(labels).map(([nodeId, own]) => [
      nodeId,
      Object.fromEntries(Object.entries(own).filter(([name]) => names.has(name))),
    ]),
  );
}

/** What each node has of one label; one that does not have it is in no value's column. */
export function toLabelValues(labels: NodeLabels, name: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(labels).flatMap(([nodeId, own]) =>
      Object.hasOwn(own, name) ? [[nodeId, own[name] ?? ''] as const] : [],
    ),
  );
}
