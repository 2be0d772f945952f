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
  { href: '/', label: 'Services', owns: '/services', key: 'o' },
  { href: '/incidents', label: 'Incidents', owns: '/incidents', key: 'i' },
  { href: '/matrix', label: 'Matrix', key: 'm' },
  { href: '/nodes', label: 'Nodes', key: 'n' },
  { href: '/events', label: 'Events', owns: '/timeline', key: 'e' },
  { href: '/timeline', label: 'Timeline', key: 't', isBeside: true },
  { href: '/silences', label: 'Silences', key: 's', isBeside: true },
  { href: '/reports', label: 'Reports', key: 'r' },
  { href: '/wall', label: 'Wall' },
];
