/** Linux's signals by number: those that end processes. */
const SIGNALS: Record<number, string> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  10: 'SIGUSR1',
  11: 'SIGSEGV',
  12: 'SIGUSR2',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
};

/** An exit code in words: `exit 0`, `exit 127, command not found`, `exit 137 (SIGKILL)`. */
export function describeExit(exitCode: number): string {
  if (exitCode === 126) return 'exit 126, not executable';
  if (exitCode === 127) return 'exit 127, command not found';
  const signal = SIGNALS[exitCode - 128];
  return signal === undefined ? `exit ${exitCode}` : `exit ${exitCode} (${signal})`;
}
