'use client';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Notice } from '#components/ui/notice.tsx';
import { readPermission, wantsNotices } from '#lib/client/browser-notices.ts';
import { useHydrated } from '#lib/client/use-hydrated.ts';
import { useNotice } from '#lib/client/use-notice.ts';

const Notifier = lazy(() => import('./notifier.tsx').then(({ Notifier }) => ({ default: Notifier })));

/** Asks for a notification on every new problem. Off until somebody wants it in this browser. */
export function NotifyButton() {
  const isHydrated = useHydrated();
  const [isOn, setIsOn] = useState(false);
  const [notice, setNotice] = useNotice();
  useEffect(() => setIsOn(wantsNotices() && readPermission() === 'granted'), []);

  const onClick = async () => {
    const { turnNotices } = await import('./turn-notices.ts');
    const { isOn: on, text } = await turnNotices(!isOn);
    setIsOn(on);
    setNotice(text);
  };

  return (
    <>
      <button
        type="button"
        className={isHydrated ? 'theme-button notify-button' : 'theme-button notify-button invisible'}
        aria-label="Notifications of new problems"
        aria-pressed={isOn}
        title="Notifications of new problems"
        onClick={onClick}
      >
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
          <path
            d="M4 12.5V8a5 5 0 0 1 10 0v4.500l1.200 1.500H2.800zM7.400 15.800h3.200"
            fill={isOn ? 'currentColor' : 'none'}
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinejoin="round"
            strokeLinecap="round"
          />
          {!isOn && (
            <path d="M2.500 2.500l13 13" stroke="currentColor" strokeWidth="1.500" strokeLinecap="round" />
          )}
        </svg>
      </button>
      <Notice text={notice} />
      <Suspense fallback={null}>{isOn && <Notifier />}</Suspense>
    </>
  );
}
