import { useSyncExternalStore } from 'react';

/** The time zone in which a browser shows moments: its own, or UTC, as logs and other tools have it. */
export type Zone = 'utc' | 'local';

const KEY = 'vitals-zone';
const listeners = new Set<() => void>();
let chosen: Zone | null = null;

/** What was chosen in this browser; its own zone where nothing was, or nothing may be kept. */
export function readZone(): Zone {
  if (chosen !== null) return chosen;
  try {
    return localStorage.getItem(KEY) === 'utc' ? 'utc' : 'local';
  } catch {
    return 'local';
  }
}

/** For this page at once, for the other ones of this browser from their next look on. */
export function chooseZone(zone: Zone): void {
  chosen = zone;
  try {
    localStorage.setItem(KEY, zone);
  } catch {
    // Nothing may be kept: this page has it all the same.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const onStorage = ({ key }: StorageEvent) => {
    if (key !== KEY) return;
    chosen = null;
    listener();
  };
  listeners.add(listener);
  addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', onStorage);
  };
}

/** UTC in the first HTML and while it is taken over. */
export function useZone(): Zone {
  return useSyncExternalStore(subscribe, readZone, () => 'utc');
}
