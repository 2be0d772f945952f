import type { Fact } from '#lib/words/words.ts';

export const nodeLost = 'The node is lost.';
export const explanation = 'One for each new problem, in this browser and while a page is open.';
export const needsHttps = 'This browser allows notifications only over https, or from this machine itself.';
export const unsupported = 'This browser has no notifications.';
export const forbidden =
  'This browser forbids notifications for this page. Its site settings can allow them.';
export const notAllowed = 'Notifications were not allowed.';
export const switchedOff = 'No more notifications.';
export const switchedOn = 'New problems appear as notifications while this page is open.';
export const needsAttention = (name: Fact) => `${name} needs attention`;
export const newProblems = (count: Fact) => `${count} new problems`;
export const andMore = (names: Fact, count: Fact) => `${names} and ${count} more`;
export const notifications = (isOn: boolean) => `Notifications: ${isOn ? 'on' : 'off'}`;
