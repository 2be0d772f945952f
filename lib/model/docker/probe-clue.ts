import { findLastWords } from './last-words.ts';
import type { Probe } from './probe.ts';

/** What shows why a probe fails, beyond its result: a mistake that many make, where it is plain to see. */
export type ProbeClue =
  /** `["CMD", "curl -f http://localhost || exit 1"]`: the whole text is taken for the name of a program. */
  | { kind: 'one-text' }
  /** `["CMD", "curl", …, "||", "exit", "1"]`: no shell reads it, so `word` is an argument like any other. */
  | { kind: 'shell-word'; word: string }
  /** `["CMD-SHELL", "curl", "-f", …]`: the shell runs the first word alone. */
  | { kind: 'lost-words' }
  /** It could start no process: it says nothing of the app. */
  | { kind: 'no-process' }
  /** It spoke to `::1`, and nobody listened there. */
  | { kind: 'ipv6-loopback' };

/** How a check is written wrongly: it cannot work, or it cannot fail. */
export type CheckFlaw =
  | ProbeClue
  /** `… || true`: whatever happens, it passes. */
  | { kind: 'never-fails'; word: string }
  /** `exit 0`: it asks nothing at all, and passes for as long as a process can be started. */
  | { kind: 'asks-nothing'; word: string }
  /** `curl` without `-f`: an answer of 500 passes, too. */
  | { kind: 'errors-pass' };

const SHELL_WORD = /^(?:\|\||&&|\||;|>|>>|2>&1|<)$|\$\{[^}]{1,64}\}|\$\([^)]{1,64}\)/;
const MAX_WORDS = 100;

/** What is wrong with how a check is written, whatever it says; `null` when nothing shows. @param test as Docker has it */
export function findCheckFlaw(test: readonly string[]): ProbeClue | null {
  const [type, first = '', ...others] = test.slice(0, MAX_WORDS);
  if (type === 'CMD-SHELL') return others.length > 0 ? { kind: 'lost-words' } : null;
  if (type !== 'CMD') return null;
  // A program may have blanks in its name; one that is asked to do something has arguments.
  if (others.length === 0 && /^[^\s/]{1,64}\s|\s(?:\|\||&&|-)/.test(first)) return { kind: 'one-text' };
  if (isShell(first)) return null;
  const word = [first, ...others].find((one) => SHELL_WORD.test(one));
  return word === undefined ? null : { kind: 'shell-word', word: word.slice(0, 40) };
}

/** What is wrong with how a check that passes is written; `null` when nothing shows. @param test as Docker has it */
export function findPassingFlaw(test: readonly string[]): CheckFlaw | null {
  const flaw = findCheckFlaw(test);
  if (flaw !== null) return flaw;
  const whole = test.slice(1, MAX_WORDS).join(' ');
  if (whole.length > MAX_TEXT) return null;
  // A run of blanks is one: what looks for an end must not go through thousands of them again and again.
  const text = whole.trim().replaceAll(/\s+/g, (blanks) => (blanks.includes('\n') ? '; ' : ' '));
  const word = ASKS_NOTHING.exec(text)?.[1];
  if (word !== undefined) return { kind: 'asks-nothing', word: word.slice(0, 40) };
  const end = isRead(test) && !MAY_FAIL.test(text) ? NEVER_FAILS.exec(text)?.[1] : undefined;
  if (end !== undefined) return { kind: 'never-fails', word: end.slice(0, 40) };
  return isCurlAlone(text) ? { kind: 'errors-pass' } : null;
}

const MAX_TEXT = 2_000;
/** It leaves before its end, or at the first command that fails. */
const MAY_FAIL = /\bexit (?!0\b)|\bexit(?=;|$)|\bset -[a-z]*e|\bset -o errexit/;
const NEVER_FAILS = /((?:\|\||;) ?(?:true|:|exit 0|echo [^|&;<>]{0,200})) ?;?$/;
/** The whole of it, after the shell that is given it. */
const ASKS_NOTHING =
  /^(?:\S{0,40}sh -[a-z]{0,4}c )?((?:(?:\/usr)?\/bin\/)?true|:|exit 0|(?:\/bin\/)?echo(?: [^|&;<>`$]{0,200})?) ?;?$/;

/** Does a shell read it? */
function isRead([type, first = '']: readonly string[]): boolean {
  return type === 'CMD-SHELL' || (type === 'CMD' && isShell(first));
}

/** Only where nothing else looks at what curl brings. */
function isCurlAlone(text: string): boolean {
  if (
    !/^(?:\S*\/)?curl\s/.test(text) ||
    /\$\(|`|(?:^|[^|])\|(?!\|)|&&|\s(?:-w|--write-out|-K|--config)\b/.test(text)
  )
    return false;
  return (
    !/ (?:-(?=[a-zA-Z]+(?: |$))[a-zA-Z]*f|--fail)/.test(text) &&
    /https?:\/\/|localhost|127\.0\.0\.1/.test(text)
  );
}

/** A shell reads what it is given: `["CMD", "sh", "-c", "curl … || exit 1"]` is fine. */
function isShell(program: string): boolean {
  return /(?:^|\/)(?:sh|bash|ash|dash|zsh|ksh|busybox|env|pwsh|powershell(?:\.exe)?|cmd(?:\.exe)?)$/i.test(
    program,
  );
}

/** Why a probe that failed did, as far as its check and its output show it. */
export function findProbeClue(
  test: readonly string[],
  { exitCode, output }: Pick<Probe, 'exitCode' | 'output'>,
): ProbeClue | null {
  if (exitCode === 0) return null;
  if (findLastWords(output.split('\n')) !== null) return { kind: 'no-process' };
  return findCheckFlaw(test) ?? (isIpv6Loopback(output) ? { kind: 'ipv6-loopback' } : null);
}

/** Only where the text names `::1` and says that nobody was there. */
function isIpv6Loopback(output: string): boolean {
  return (
    /(?:^|[\s([\]])::1(?:\]|[:)\s,.]|$)/m.test(output) &&
    /connection refused|could ?n[o']t connect|failed to connect|network is unreachable|cannot assign requested address|ECONNREFUSED|EADDRNOTAVAIL/i.test(
      output,
    )
  );
}
