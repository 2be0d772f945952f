import { keepWish, type NoticePermission, readPermission } from '#lib/client/page/browser-notices.ts';

const REFUSALS: Record<Exclude<NoticePermission, 'granted'>, string> = {
  insecure: 'This browser allows notifications only over https, or from this machine itself.',
  unsupported: 'This browser has no notifications.',
  denied: 'This browser forbids notifications for this page. Its site settings can allow them.',
  default: 'Notifications were not allowed.',
};

/** Turns notifications on, asking for leave where that is needed, or off. Says how it ended. */
export async function turnNotices(on: boolean): Promise<{ isOn: boolean; text: string }> {
  if (!on) {
    keepWish(false);
    return { isOn: false, text: 'No more notifications.' };
  }
  let permission = readPermission();
  if (permission === 'default') permission = await Notification.requestPermission();
  if (permission !== 'granted') return { isOn: false, text: REFUSALS[permission] };
  keepWish(true);
  return { isOn: true, text: 'New problems are told as notifications while this page is open.' };
}
