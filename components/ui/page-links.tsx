'use client';
import { usePagePath } from '#lib/client/hooks/use-address.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { pagesLabel } from '#words/pages/shell.ts';
import { type HeaderPage, PAGES } from './pages.ts';

/** The others have no room in the header. */
const SHOWN = PAGES.filter(({ isBeside }) => !isBeside);

function isWithin({ href, owns }: HeaderPage, path: string): boolean {
  if (path === href) return true;
  const beginning = owns ?? href;
  return path === beginning || path.startsWith(`${beginning}/`);
}

/** The pages, as links; on a phone they are a row of their own under the header. */
export function PageLinks() {
  const path = usePagePath();
  return (
    <nav aria-label={pagesLabel} className="app-pages">
      <ul>
        {SHOWN.map((page) => (
          <li key={page.href}>
            <a
              href={toPath(page.href)}
              className="app-nav"
              aria-current={path === page.href ? 'page' : undefined}
              data-on={isWithin(page, path)}
            >
              {page.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
