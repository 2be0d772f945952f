export const theBrowserDidNotLet = 'The browser did not let it be copied.';
export const thisServiceIsNotThere = 'This service is not there any more.';
