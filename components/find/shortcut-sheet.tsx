'use client';
import { Fragment, useEffect, useRef } from 'react';
import { NotifySwitch } from '#components/notify/notify-switch.tsx';
import { closeBeside } from '#components/ui/close-beside.ts';
import { type HeaderPage, PAGES } from '#components/ui/pages.ts';
import * as words from '#words/pages/search.ts';

const toKeys = (pages: readonly HeaderPage[]): [keys: string[], meaning: string][] => [
  [['/'], words.keySlash],
  [['Ctrl', 'K'], words.keySearch],
  [['n'], words.keyNext],
  [['p'], words.keyBefore],
  ...pages.flatMap(({ key, label }): [string[], string][] =>
    key === undefined ? [] : [[['g', key], label.toLowerCase()]],
  ),
  ...(pages.some(({ href }) => href === '/wall') ? [[['w'], words.keyWall] as [string[], string]] : []),
  [['?'], words.keyList],
  [['Esc'], words.keyClose],
];

/** All keys that do something, and the switch of the notifications. */
export function ShortcutSheet({
  onClose,
  onNotify,
}: {
  onClose: () => void;
  onNotify: (isOn: boolean) => void;
}) {
  const keys = toKeys(PAGES);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="search shortcuts"
      aria-labelledby="shortcuts-title"
      onClose={onClose}
      {...closeBeside}
    >
      <div className="search-box">
        <div className="panel-title">
          <h2 id="shortcuts-title">{words.sheetTitle}</h2>
          <button type="button" className="search-close" onClick={() => dialog.current?.close()}>
            {words.close}
          </button>
        </div>
        <dl className="shortcut-list">
          {keys.map(([pressed, meaning]) => (
            <Fragment key={pressed.join(' ')}>
              <dt>
                {pressed.map((key) => (
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
