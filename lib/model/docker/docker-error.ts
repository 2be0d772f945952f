import { ERROR_ROWS, type ErrorKind } from './error-rows.ts';

/** What an error text of Docker's means, by its own source; see `error-rows.ts`. */
export interface DockerError {
  kind: ErrorKind;
  /** What it names: a port, a folder, a volume, a driver, an address; `null` where it names nothing. */
  object: string | null;
  /** A second thing it names: the server of a volume, the driver of a log; `null` where there is none. */
  with: string | null;
  /** Why, in a few words: `connection refused`, `timed out`; `null` where the text does not say. */
  reason: string | null;
}

/** Longer than any error that says one thing: what comes after is not looked at. */
const MAX_CHARS = 4_096;

/**
 * The cause that a text of a task's `Err`, a container's `State.Error` or a probe that could not run stands for, by the
 * first row that matches; `null` where no row knows it: then it is shown as it is, without a guess.
 */
export function parseDockerError(text: string): DockerError | null {
  const part = text.slice(0, MAX_CHARS);
  for (const { kind, pattern } of ERROR_ROWS) {
    const match = pattern.exec(part);
    if (match === null) continue;
    const groups = match.groups ?? {};
    return {
      kind,
      object: groups.object ?? null,
      with: groups.with ?? null,
      reason: findReason(part),
    };
  }
  return null;
}

/** The kernel's and Go's own words for why something did not work, in plain ones. */
const REASONS: readonly [pattern: RegExp, words: string][] = [
  [/connection refused/i, 'connection refused'],
  [/no route to host/i, 'no route to it'],
  [/network is unreachable/i, 'network unreachable'],
  [/no such host|server misbehaving|name or service not known/i, 'its name is not known'],
  [/access denied by server|mount\.nfs: access denied/i, 'access denied'],
  [/i\/o timeout|timed out|deadline exceeded|TLS handshake timeout/i, 'timed out'],
  [/x509|certificate/i, 'its certificate is not trusted'],
  [/protocol not supported|requested NFS version/i, 'its NFS version is not supported'],
  [/host is down/i, 'it is down'],
  [/stale file handle/i, 'stale file handle'],
  [/permission denied|operation not permitted/i, 'permission denied'],
  [/no such file or directory/i, 'no such folder'],
  [/no such device/i, 'its file system is not known to the kernel'],
  [/invalid argument/i, 'an option is not valid'],
];

function findReason(text: string): string | null {
  return REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
