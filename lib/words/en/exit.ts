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

/** Codes that Windows ends a process with (ntstatus.h), those that end containers in practice. */
const WINDOWS: Readonly<Record<number, string>> = {
  3221225477: 'access violation',
  3221225495: 'not enough memory',
  3221225501: 'illegal instruction',
  3221225506: 'access denied',
  3221225595: 'a file of another processor, or damaged',
  3221225620: 'division by zero',
  3221225725: 'stack overflow',
  3221225781: 'a library is missing',
  3221225785: 'a library lacks a function that is asked for',
  3221225786: 'stopped by Ctrl+C or docker stop',
  3221225794: 'a library failed to load',
  3221226091: 'its machine is shutting down',
  3221226356: 'heap damaged',
  3221226505: 'stack buffer overrun',
  3221226525: 'an exception that nobody caught',
  2147483651: 'a breakpoint was hit',
  3762504530: 'an exception that nobody caught',
  3765269347: 'an exception that nobody caught',
};

/** What a Windows that shuts down ends its processes with (DBG_TERMINATE_PROCESS), a code below those of errors. */
const SHUT_DOWN = 1073807364;

const TWO_POW_32 = 2 ** 32;
const TWO_POW_31 = 2 ** 31;

/**
 * An exit code in words: `exit 1`, `exit 137 (SIGKILL)`, `exit 127 (command not found)`,
 * `exit 3221225786 (0xC000013A, stopped by Ctrl+C or docker stop)`. Windows has 32 bits of them; a task's own field has
 * a sign (swarmkit api/types.proto, ContainerStatus.exit_code), so that the same code comes negative there.
 */
export function describeExit(exitCode: number): string {
  if (exitCode === 126) return 'exit 126 (not executable)';
  if (exitCode === 127) return 'exit 127 (command not found)';
  const code = toUnsigned(exitCode);
  if (code >= TWO_POW_31 && code < TWO_POW_32) return describeWindowsExit(code);
  if (code === SHUT_DOWN) return 'exit 1073807364 (0x40010004, ended from outside, as at a shutdown)';
  const signal = SIGNALS[exitCode - 128];
  return signal === undefined ? `exit ${exitCode}` : `exit ${exitCode} (${signal})`;
}

/** The code as Windows has it, without a sign. */
export function toUnsigned(exitCode: number): number {
  return exitCode < 0 && exitCode >= -TWO_POW_31 ? exitCode + TWO_POW_32 : exitCode;
}

function describeWindowsExit(code: number): string {
  const hex = `0x${code.toString(16).toUpperCase()}`;
  const words =
    WINDOWS[code] ?? (code > TWO_POW_32 - 10_000 ? `the program says ${code - TWO_POW_32}` : null);
  return `exit ${code} (${words === null ? hex : `${hex}, ${words}`})`;
}
