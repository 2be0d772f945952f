import { useEffect, useState } from 'react';

/** `held` the screen stays on; `refused` the browser does not want to; `insecure` browsers offer it on HTTPS (and localhost) only. */
export type WakeLockState = 'none' | 'held' | 'refused' | 'insecure' | 'unsupported';

/** Keeps the screen awake while the page is in view, where the browser lets it. There is no honest trick where not. */
export function useWakeLock(): WakeLockState {
  const [state, setState] = useState<WakeLockState>('none');
  useEffect(() => {
    if (!('wakeLock' in navigator)) {
      setState(window.isSecureContext ? 'unsupported' : 'insecure');
      return;
    }
    let lock: WakeLockSentinel | null = null;
    let closed = false;
    const take = async () => {
      if (document.visibilityState !== 'visible' || (lock !== null && !lock.released)) return;
      try {
        const taken = await navigator.wakeLock.request('screen');
        if (closed) return void taken.release();
        lock = taken;
        setState('held');
        taken.addEventListener('release', () => setState('none'), { once: true });
      } catch {
        setState('refused');
      }
    };
    take();
    // It is lost whenever the page is hidden.
    document.addEventListener('visibilitychange', take);
    // And may be refused for a while, as on an empty battery.
    const again = setInterval(take, 60_000);
    return () => {
      closed = true;
      clearInterval(again);
      document.removeEventListener('visibilitychange', take);
      lock?.release().catch(() => {});
    };
  }, []);
  return state;
}
