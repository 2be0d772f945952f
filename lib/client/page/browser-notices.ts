/** Whether this browser may show notifications for this page, and why not. */
export type NoticePermission = 'granted' | 'default' | 'denied' | 'insecure' | 'unsupported';

const KEY = 'vitals-notify';

export function readPermission(): NoticePermission {
  if (!isSecureContext) return 'insecure';
  return 'Notification' in window ? Notification.permission : 'unsupported';
}

/** Has somebody asked for notifications in this browser? */
export function wantsNotices(): boolean {
  try {
    return localStorage.getItem(KEY) === 'on';
  } catch {
    return false;
  }
}

export function keepChoice(wanted: boolean): void {
  try {
    if (wanted) localStorage.setItem(KEY, 'on');
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage the choice holds for this page alone.
  }
}
