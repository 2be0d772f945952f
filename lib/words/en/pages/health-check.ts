export const healthCheck = 'Health check';
export const command = 'Command';
export const interval = 'Interval';
export const timeout = 'Timeout';
export const retries = 'Retries';
export const startPeriod = 'Start period';
export const definedIn = 'Defined in';
export const noCheckKnown =
  'None is known: Docker cannot tell whether these containers do their work, only that they run.';
