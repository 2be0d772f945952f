'use client';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { StatusGlyph } from '#components/status/status-word.tsx';
import { closeBeside } from '#components/ui/close-beside.ts';
import { usePagePath } from '#lib/client/hooks/use-address.ts';
import { fetchJson } from '#lib/client/page/fetch-json.ts';
import type { FleetPicture } from '#lib/model/contract/fleet.ts';
import { toSameKind } from '#lib/view/fleet/to-fleet-href.ts';
import { toFleetView } from '#lib/view/fleet/to-fleet-view.ts';
import { toFleetPath, toSwarmPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/fleet.ts';
import { allSwarms } from '#words/pages/switch.ts';
import { toSwarmLook } from './swarm-looks.ts';

/** Chosen by one digit; 0 is all of them. */
const DIGITS = 9;

/** The swarms, the worst first: each leads to the page of the same kind. Digits choose, arrows move. */
export function SwitchDialog({ name, onClose }: { name: string | null; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const path = usePagePath();
  const { fleet, failed } = useFleetOnce();
  const kind = toSameKind(path);
  const rows = fleet === null ? [] : toFleetView(fleet).rows;

  useLayoutEffect(() => {
    if (dialog.current !== null && !dialog.current.open) dialog.current.showModal();
  }, []);
  useEffect(() => {
    if (fleet === null) return;
    const own = dialog.current?.querySelector<HTMLElement>('a[aria-current]');
    (own ?? dialog.current?.querySelector<HTMLElement>('a'))?.focus();
  }, [fleet]);

  const onKeyDown = (event: KeyboardEvent) => {
    const links = [...(dialog.current?.querySelectorAll<HTMLAnchorElement>('a') ?? [])];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && links.length > 0) {
      event.preventDefault();
      const at = links.indexOf(document.activeElement as HTMLAnchorElement);
      links[(at + step + links.length) % links.length]?.focus();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !/^\d$/.test(event.key)) return;
    const chosen = links.find((link) => link.dataset.digit === event.key);
    if (chosen === undefined) return;
    event.preventDefault();
    chosen.click();
  };
  return (
    <dialog
      ref={dialog}
      className="switch"
      aria-label={words.switcher}
      onClose={onClose}
      onKeyDown={onKeyDown}
      {...closeBeside}
    >
      <div className="switch-box">
        <p className="search-title">{failed ? words.notAnswered : words.switcherTitle}</p>
        <ul>
          {rows.map((row, at) => (
            <li key={row.swarm.name}>
              <a
                href={toSwarmPath(row.swarm.name, kind)}
                aria-current={row.swarm.name === name ? 'true' : undefined}
                data-digit={at < DIGITS ? at + 1 : undefined}
              >
                <StatusGlyph look={toSwarmLook(row)} />
                <span className="min-w-0">
                  <b>{row.swarm.name}</b> <span className="text-muted">{row.word}</span>
                </span>
                {at < DIGITS && <kbd>{at + 1}</kbd>}
              </a>
            </li>
          ))}
        </ul>
        <a
          href={toFleetPath(kind === '/wall' ? '/wall' : '/')}
          className="switch-all"
          aria-current={name === null ? 'true' : undefined}
          data-digit="0"
        >
          <b>{allSwarms}</b>
          <kbd>0</kbd>
        </a>
      </div>
    </dialog>
  );
}

/** As they are when it is opened: it is open for some seconds. */
function useFleetOnce(): { fleet: FleetPicture | null; failed: boolean } {
  const [answer, setAnswer] = useState<{ fleet: FleetPicture | null; failed: boolean }>({
    fleet: null,
    failed: false,
  });
  useEffect(() => {
    let isOver = false;
    fetchJson<FleetPicture>(toFleetPath('/api/fleet')).then(
      (fleet) => isOver || setAnswer({ fleet, failed: false }),
      () => isOver || setAnswer({ fleet: null, failed: true }),
    );
    return () => {
      isOver = true;
    };
  }, []);
  return answer;
}
