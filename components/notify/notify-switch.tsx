'use client';
import { useState } from 'react';
import { readPermission, wantsNotices } from '#lib/client/page/browser-notices.ts';
import { turnNotices } from './turn-notices.ts';

/** Asks for a notification on every new problem. Off until somebody wants it in this browser. */
export function NotifySwitch({ onTurn }: { onTurn: (isOn: boolean) => void }) {
  const [isOn, setIsOn] = useState(() => wantsNotices() && readPermission() === 'granted');
  const [text, setText] = useState('One for each new problem, in this browser and while a page is open.');
  const onClick = async () => {
    const turned = await turnNotices(!isOn);
    setIsOn(turned.isOn);
    setText(turned.text);
    onTurn(turned.isOn);
  };
  return (
    <div className="notify-switch">
      <button type="button" className="copy-button" aria-pressed={isOn} onClick={onClick}>
        Notifications: {isOn ? 'on' : 'off'}
      </button>
      <p className="text-[13px] text-muted" role="status">
        {text}
      </p>
    </div>
  );
}
