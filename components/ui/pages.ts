import { pages } from '#words/pages/shell.ts';

/** A page that the header leads to. */
export interface HeaderPage {
  href: string;
  label: string;
  /** Paths that belong to it beside its own, by their beginning. */
  owns?: string;
  /** Pressed after g, it leads there. */
  key?: string;
  /** Reached by its key, by the search and from the page that owns it; the header has no room for it. */
  isBeside?: boolean;
}

/** Where the header leads, in its order. A new page adds its line here. */
export const PAGES: HeaderPage[] = [
  { href: '/', label: pages.services, owns: '/services', key: 'o' },
  { href: '/incidents', label: pages.incidents, owns: '/incidents', key: 'i' },
  { href: '/matrix', label: pages.matrix, key: 'm' },
  { href: '/nodes', label: pages.nodes, key: 'n' },
  { href: '/events', label: pages.events, owns: '/timeline', key: 'e' },
  { href: '/timeline', label: pages.timeline, key: 't', isBeside: true },
  { href: '/silences', label: pages.silences, key: 's', isBeside: true },
  { href: '/reports', label: pages.reports, key: 'r' },
  { href: '/wall', label: pages.wall },
];
