'use client';
import { Fragment, useEffect, useRef } from 'react';
import { NotifySwitch } from '#components/notify/notify-switch.tsx';
import { PAGES } from '#components/ui/pages.ts';
import * as words from '#words/pages/search.ts';

const KEYS: [keys: string[], meaning: string][] = [
  [['/'], 'search'],
  [['Ctrl', 'K'], words.keySearch],
  [['n'], 'next problem'],
  [['p'], 'previous problem'],
  ...PAGES.flatMap(({ key, label }): [string[], string][] =>
    key === undefined ? [] : [[['g', key], label.toLowerCase()]],
  ),
  ...(PAGES.some(({ href }) => href === '/wall') ? [[['w'], 'wall'] as [string[], string]] : []),
  [['?'], 'this list'],
  [['Esc'], 'close'],
];

/** All keys that do something, and the switch of the notifications. */
export function ShortcutSheet({
  onClose,
  onNotify,
}: {
  onClose: () => void;
  onNotify: (isOn: boolean) => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the box closes it, as Escape does.
    <dialog
      ref={dialog}
      className="search shortcuts"
      aria-labelledby="shortcuts-title"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div className="search-box">
        <div className="panel-title">
          <h2 id="shortcuts-title">{words.sheetTitle}</h2>
          <button type="button" className="search-close" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        <dl className="shortcut-list">
          {KEYS.map(([keys, meaning]) => (
            <Fragment key={keys.join(' ')}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{meaning}</dd>
            </Fragment>
          ))}
        </dl>
        <NotifySwitch onChange={onNotify} />
      </div>
    </dialog>
  );
}
