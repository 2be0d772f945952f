'use client';
import { usePathname } from 'next/navigation';
import { usePicture } from '#lib/client/hooks/use-live.ts';
import { readName } from '#lib/view/links/read-name.ts';
import { toNodeHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { basePath } from '#lib/view/links/to-path.ts';
import { toNodeNames } from '#lib/view/node/node-names.ts';
import { findNearNames } from '#lib/view/search/find-near-names.ts';
import * as words from '#words/pages/gone.ts';

/** What was probably meant by an address that leads to nothing. Links to pages that are there. */
export function NearNames({ kind }: { kind: 'node' | 'service' }) {
  const picture = usePicture();
  const [, segment = ''] = usePathname().replace(basePath(), '').split('/').filter(Boolean);
  if (picture === null) return null;
  const names =
    kind === 'node'
      ? [...new Set(toNodeNames(picture.nodes).values())]
      : picture.services.map(({ name }) => name);
  const near = findNearNames(readName(segment), names);
  if (near.length === 0) return null;
  const toHref = kind === 'node' ? toNodeHref : toServiceHref;
  return (
    <div className="grid gap-1" data-near={near.length}>
      <p>{words.nearNames}</p>
      <ul className="grid gap-1">
        {near.map((name) => (
          <li key={name}>
            <a className="text-accent underline" href={toHref(name)}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
