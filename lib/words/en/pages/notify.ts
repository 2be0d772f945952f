export const theNodeIsLost = 'The node is lost.';
export const oneForEachNewProblem = 'One for each new problem, in this browser and while a page is open.';
export const thisBrowserAllowsNotificationsOnly =
  'This browser allows notifications only over https, or from this machine itself.';
export const thisBrowserHasNoNotifications = 'This browser has no notifications.';
export const thisBrowserForbidsNotificationsFor =
  'This browser forbids notifications for this page. Its site settings can allow them.';
export const notificationsWereNotAllowed = 'Notifications were not allowed.';
export const noMoreNotifications = 'No more notifications.';
export const newProblemsAreToldAs = 'New problems appear as notifications while this page is open.';
