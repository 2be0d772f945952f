/** Linux signals by number, those that end processes in practice. */
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
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
  24: 'SIGXCPU',
  25: 'SIGXFSZ',
  31: 'SIGSYS',
};

/** An exit code in words: `exit 1`, `exit 137 (SIGKILL)`, `exit 127 (command not found)`. */
export function describeExit(exitCode: number): string {
  if (exitCode === 126) return 'exit 126 (not executable)';
  if (exitCode === 127) return 'exit 127 (command not found)';
  const signal = SIGNALS[exitCode - 128];
  return signal === undefined ? `exit ${exitCode}` : `exit ${exitCode} (${signal})`;
}
