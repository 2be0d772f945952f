'use client';

import { useState } from 'react';
import {
  keepChoice,
  type NoticePermission,
  readPermission,
  wantsNotices,
} from '#lib/client/page/browser-notices.ts';
import * as words from '#words/pages/notify.ts';

/** Asks for a notification on every new problem. Off until somebody wants it in this browser. */
export function NotifySwitch({ onChange }: { onChange: (isOn: boolean) => void }) {
  const [isOn, setIsOn] = useState(() => wantsNotices() && readPermission() === 'granted');
  const [text, setText] = useState(words.explanation);
  const onClick = async () => {
    const switched = await switchNotices(!isOn);
    setIsOn(switched.isOn);
    setText(switched.text);
    onChange(switched.isOn);
  };
  return (
    <div className="notify-switch">
      <button type="button" className="copy-button" aria-pressed={isOn} onClick={onClick}>
        {words.notifications(isOn)}
      </button>
      <p className="text-[13px] text-muted" role="status">
        {text}
      </p>
    </div>
  );
}

const REFUSALS: Record<Exclude<NoticePermission, 'granted'>, string> = {
  insecure: words.needsHttps,
  unsupported: words.unsupported,
  denied: words.forbidden,
  default: words.notAllowed,
};

/** Turns notifications on, asking for leave where that is needed, or off. Says how it ended. */
async function switchNotices(on: boolean): Promise<{ isOn: boolean; text: string }> {
  if (!on) {
    keepChoice(false);
    return { isOn: false, text: words.switchedOff };
  }
  let permission = readPermission();
  if (permission === 'default') permission = await Notification.requestPermission();
  if (permission !== 'granted') return { isOn: false, text: REFUSALS[permission] };
  keepChoice(true);
  return { isOn: true, text: words.switchedOn };
}
