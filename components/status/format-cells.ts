import type { Replica } from '#lib/model/contract/picture.ts';
import { escapeHtml } from '#lib/view/format/escape-html.ts';
import { toServiceHref } from '#lib/view/links/to-href.ts';
import { toCell } from './to-cell.ts';

// Pictures are immutable and shared in parts: a service's cells are written once for as long as no replica changes. Where one
// swarm is shown under two names, its links lead to two places.
const written = new WeakMap<readonly Replica[], { href: string; html: string }>();

function formatCell(serviceName: string, replica: Replica, repeated: boolean): string {
  let attributes = '';
  for (const [name, value] of toCell(serviceName, replica, repeated))
    attributes += ` ${name}="${escapeHtml(value)}"`;
  return `<a${attributes}></a>`;
}

/** A service's cells as HTML, every value escaped. */
export function formatCells(serviceName: string, replicas: readonly Replica[], repeated: boolean): string {
  const href = toServiceHref(serviceName);
  const known = repeated ? undefined : written.get(replicas);
  if (known?.href === href) return known.html;
  const html = replicas.map((replica) => formatCell(serviceName, replica, repeated)).join('');
  if (!repeated) written.set(replicas, { href, html });
  return html;
}
