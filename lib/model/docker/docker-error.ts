import { ERROR_ROWS, type ErrorKind } from './error-rows.ts';

/** What an error text of Docker's means, by its own source; see `error-rows.ts`. */
export interface DockerError {
  kind: ErrorKind;
  /** What it names: a port, a folder, a volume, a driver, an address; `null` where it names nothing. */
  object: string | null;
  /** A second thing it names: the server of a volume, the driver of a log; `null` where there is none. */
  with: string | null;
  /** Why; `null` where the text does not say. */
  reason: ErrorReason | null;
}

/** Why something did not work, as far as the kernel's or Go's words tell. */
export type ErrorReason =
  | 'connection-refused'
  | 'no-route'
  | 'network-unreachable'
  | 'unknown-name'
  | 'no-answer-to-names'
  | 'access-denied'
  | 'timed-out'
  | 'untrusted-certificate'
  | 'nfs-version'
  | 'host-down'
  | 'stale-handle'
  | 'permission-denied'
  | 'not-connected'
  | 'damaged'
  | 'no-such-folder'
  | 'unknown-file-system'
  | 'no-attributes'
  | 'no-such-device'
  | 'no-space'
  | 'read-only'
  | 'io-error'
  | 'invalid-option'
  | 'options-refused';

/** Longer than any error that says one thing: what comes after is not looked at. */
const MAX_CHARS = 2_048;

/**
 * The cause that a text of a task's `Err`, a container's `State.Error` or a probe that could not run stands for, by the
 * first row that matches; `null` where no row knows it: then it is shown as it is, without a guess.
 */
export function parseDockerError(text: string): DockerError | null {
  // Older runtimes quote their input once more.
  const part = text.slice(0, MAX_CHARS).replaceAll(/\\{1,15}"/g, '"');
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

/** The kernel's and Go's own words for why something did not work. */
const REASONS: readonly [pattern: RegExp, reason: ErrorReason][] = [
  // moby daemon/volume/local
  [
    /missing required option|missing device in volume options|\binvalid option: "|port not allowed in cifs/i,
    'options-refused',
  ],
  [/failed to (?:copy|set) xattrs?\b[^\n]{0,400}operation not supported/i, 'no-attributes'],
  // Go's net: whoever was asked for the name did not answer
  [
    /\blookup \S{1,255} on \S{1,64}: (?:(?:read|write|dial) (?:udp|tcp)\b|server misbehaving)|temporary failure in name resolution/i,
    'no-answer-to-names',
  ],
  [/connection refused/i, 'connection-refused'],
  [/no route to host/i, 'no-route'],
  [/network is unreachable/i, 'network-unreachable'],
  [/no such host|server misbehaving|name or service not known/i, 'unknown-name'],
  [/access denied by server|mount\.nfs: access denied/i, 'access-denied'],
  [/i\/o timeout|timed out|deadline exceeded|TLS handshake timeout/i, 'timed-out'],
  [/x509|certificate/i, 'untrusted-certificate'],
  [/protocol not supported|requested NFS version/i, 'nfs-version'],
  [/host is down/i, 'host-down'],
  [/stale file handle/i, 'stale-handle'],
  [/transport endpoint is not connected/i, 'not-connected'],
  [/structure needs cleaning/i, 'damaged'],
  [/permission denied|operation not permitted/i, 'permission-denied'],
  [/no such file or directory/i, 'no-such-folder'],
  // ENXIO, of a device or of a share of Windows; ENODEV is mount(2)'s for a file system without a module
  [/no such device or address/i, 'no-such-device'],
  [/no such device/i, 'unknown-file-system'],
  [/no space left on device|disk quota exceeded/i, 'no-space'],
  [/read-only file system/i, 'read-only'],
  [/input\/output error/i, 'io-error'],
  [/invalid argument/i, 'invalid-option'],
];

function findReason(text: string): ErrorReason | null {
  return REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
