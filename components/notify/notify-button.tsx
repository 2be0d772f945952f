'use client';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Notice } from '#components/ui/notice.tsx';
import {
  keepWish,
  type NoticePermission,
  readPermission,
  wantsNotices,
} from '#lib/client/browser-notices.ts';
import { useHydrated } from '#lib/client/use-hydrated.ts';
import { useNotice } from '#lib/client/use-notice.ts';

const Notifier = lazy(() => import('./notifier.tsx').then(({ Notifier }) => ({ default: Notifier })));

const REFUSALS: Record<Exclude<NoticePermission, 'granted'>, string> = {
  insecure: 'This browser allows notifications only over https, or from this machine itself.',
  unsupported: 'This browser has no notifications.',
  denied: 'This browser forbids notifications for this page. Its site settings can allow them.',
  default: 'Notifications were not allowed.',
};

/** Asks for a notification on every new problem. Off until somebody wants it in this browser. */
export function NotifyButton() {
  const isHydrated = useHydrated();
  const [isOn, setIsOn] = useState(false);
  const [notice, setNotice] = useNotice();
  useEffect(() => setIsOn(wantsNotices() && readPermission() === 'granted'), []);

  const turn = (on: boolean) => {
    keepWish(on);
    setIsOn(on);
    setNotice(
      on ? 'New problems are told as notifications while this page is open.' : 'No more notifications.',
    );
  };
  const onClick = async () => {
    if (isOn) return turn(false);
    let permission = readPermission();
    if (permission === 'default') permission = await Notification.requestPermission();
    if (permission === 'granted') turn(true);
    else setNotice(REFUSALS[permission]);
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
