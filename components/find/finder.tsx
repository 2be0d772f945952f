'use client';

import { useRouter } from 'next/navigation';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { PAGES } from '#components/ui/pages.ts';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import { readPermission, wantsNotices } from '#lib/client/page/browser-notices.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { toKeyAction } from '#lib/view/search/to-key-action.ts';
import { FindButton } from './find-button.tsx';

// Fetched when they are first asked for: most visits need neither.
const SearchDialog = lazy(() =>
  import('./search-dialog.tsx').then(({ SearchDialog }) => ({ default: SearchDialog })),
);
const ShortcutSheet = lazy(() =>
  import('./shortcut-sheet.tsx').then(({ ShortcutSheet }) => ({ default: ShortcutSheet })),
);

const Notifier = lazy(() =>
  import('#components/notify/notifier.tsx').then(({ Notifier }) => ({ default: Notifier })),
);

const G_WITHIN_MS = 1500;

type Open = 'search' | 'shortcuts' | null;

function isTyping({ target }: Event): boolean {
  if (document.querySelector('dialog[open]') !== null) return true;
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}

/** Search and keys, on every page: the button that opens the search, and what the keyboard does. */
export function Finder() {
  const router = useRouter();
  const { askKnown, clock } = useLiveContext();
  const [open, setOpen] = useState<Open>(null);
  const [notice, setNotice] = useNotice();
  const [isNotifying, setIsNotifying] = useState(false);
  const typedEarly = useRef('');

  useEffect(() => setIsNotifying(wantsNotices() && readPermission() === 'granted'), []);

  useEffect(() => {
    let gAtMs = Number.NEGATIVE_INFINITY;

    const goToProblem = async (step: 1 | -1) => {
      const { findProblem } = await import('./find-problem.ts');
      const { text, href } = findProblem(await askKnown(), location.pathname, step);
      setNotice(text);
      if (href !== null) router.push(href);
    };

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      const afterG = event.timeStamp - gAtMs < G_WITHIN_MS;
      const { key, altKey: alt } = event;
      const command = event.ctrlKey || event.metaKey;
      const action = toKeyAction({ key, command, alt, typing: isTyping(event), afterG }, PAGES);
      gAtMs = action?.kind === 'await' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (action === null) return;
      event.preventDefault();
      if (action.kind === 'search' || action.kind === 'shortcuts') setOpen(action.kind);
      else if (action.kind === 'problem') goToProblem(action.step);
      else if (action.kind === 'go') router.push(toPath(action.href));
    };
    // One listener serves every such button of a page, and fetches what it takes when it is pressed.
    const onClick = async ({ target }: MouseEvent) => {
      const button = target instanceof Element ? target.closest<HTMLElement>('[data-copy-service]') : null;
      const id = button?.dataset.copyService;
      if (id === undefined) return;
      const { copyServiceNow } = await import('#components/copy/copy-service-now.ts');
      setNotice(await copyServiceNow(await askKnown(), id, clock.nowMs()));
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('click', onClick);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('click', onClick);
    };
  }, [askKnown, clock, router, setNotice]);

  // Until the search has come, what is typed is kept for it.
  useEffect(() => {
    if (open !== 'search') return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        document.querySelector('dialog[open]') !== null ||
        event.key.length !== 1 ||
        event.ctrlKey ||
        event.metaKey
      )
        return;
      typedEarly.current += event.key;
      event.preventDefault();
    };
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => removeEventListener('keydown', onKeyDown, { capture: true });
  }, [open]);

  const close = () => {
    typedEarly.current = '';
    setOpen(null);
  };
  return (
    <>
      <FindButton onOpen={() => setOpen('search')} />
      <Notice text={notice} />
      <Suspense fallback={null}>
        {open === 'search' && (
          <SearchDialog initial={typedEarly} onClose={close} onKeys={() => setOpen('shortcuts')} />
        )}
        {open === 'shortcuts' && <ShortcutSheet onClose={close} onNotify={setIsNotifying} />}
        {isNotifying && <Notifier />}
      </Suspense>
    </>
  );
}

/** A sentence over the page for those who pressed something; announced to screen readers when it comes. */
function Notice({ text }: { text: string }) {
  return (
    <p className="find-notice" role="status" data-shown={text !== ''}>
      {text}
    </p>
  );
}

const SHOWN_MS = 4000;

/** A sentence for those who pressed something, gone after a while; empty when there is none. */
function useNotice(): [string, (text: string) => void] {
  const [notice, setNotice] = useState('');
  useEffect(() => {
    if (notice === '') return;
    const timer = setTimeout(() => setNotice(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return [notice, setNotice];
}
