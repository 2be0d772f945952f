export const decidesAnyMoment = 'decides any moment';
