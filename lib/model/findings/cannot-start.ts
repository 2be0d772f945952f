import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { findMissingPath, findTakenPort } from '#lib/model/docker/task-error.ts';
import { toErrorEvidence } from './evidence.ts';

/**
 * The container's command cannot start: nothing of it ever ran (`starting container failed: …`, moby
 * executor/container/controller.go, Start; the rest are the OCI runtime's words).
 */
export function diagnoseCommand(end: TaskEnd): Diagnosis | null {
  const error = end.task.error ?? '';
  const isRuntime =
    /starting container failed|OCI runtime|executable file not found|exec format error|\brunc\b/i.test(error);
  if (!isRuntime) return null;
  // `exec: "nope": executable file not found in $PATH`, `exec /app/server: exec format error`
  const [, quoted, bare, words] = /\bexec(?:: "([^"]+)"| (\/\S+)): (.*)/s.exec(error) ?? [];
  const command = quoted ?? bare ?? null;
  const name = command === null ? 'Its command' : `Its command ${command}`;
  return {
    cause: 'command-cannot-start',
    sentence: `${name} cannot start: ${describeReason(error, words ?? '')}.`,
    evidence: toErrorEvidence(end),
    calm: false,
  };
}

/** @param words what was said of the command itself: a file that is missing may also be the runtime's own affair */
function describeReason(error: string, words: string): string {
  const user = /unable to find (user|group) ([^\s:]+)/i.exec(error);
  if (user !== null) return `its ${user[1]} ${user[2]} is not in the image`;
  if (/executable file not found|^stat \S+: no such file/i.test(words)) return 'it is not in the image';
  if (/exec format error/i.test(words)) return 'it is built for another platform, or lacks its #! line';
  if (/permission denied/i.test(words)) return 'it is not executable (permission denied)';
  if (/no such file or directory/i.test(words)) return 'a file it needs is not in the image';
  return 'the container could not be started';
}

const REASONS: readonly [pattern: RegExp, words: string][] = [
  [/no matching manifest for (\S+)/i, 'it is not built for the platform of this node'],
  [/image operating system|platform .* does not match/i, 'it is not built for the platform of this node'],
  [/manifest unknown|manifest for .* not found|tag .* not found/i, 'the registry has no such tag'],
  [
    /pull access denied|repository does not exist/i,
    'the repository does not exist or needs a login (deploy with --with-registry-auth)',
  ],
  [
    /unauthorized|no basic auth credentials|denied: /i,
    'the registry refuses the login (deploy with --with-registry-auth)',
  ],
  [/toomanyrequests|rate limit/i, 'the registry allows no more pulls for now'],
  [/no such image|image .* not found/i, 'it is not on this node and could not be pulled'],
  [
    /(?:Get|Head) "?https?:\/\/.*(?:dial tcp|lookup|timeout|connection refused|x509|no such host)/i,
    'its registry cannot be reached from this node',
  ],
];

/** The image is missing or cannot be pulled (moby executor/container/controller.go, Prepare). */
export function diagnoseImage(end: TaskEnd): Diagnosis | null {
  const error = end.task.error ?? '';
  const reason = REASONS.find(([pattern]) => pattern.test(error));
  if (reason === undefined) return null;
  const image = end.task.image === '' ? end.service.image : end.task.image;
  return {
    cause: 'image-missing',
    sentence: `Image ${image} cannot be used: ${reason[1]}.`,
    evidence: toErrorEvidence(end),
    calm: false,
  };
}

/** Something it mounts is missing: a folder of the node, a volume, a secret or a config. */
export function diagnoseMount(end: TaskEnd): Diagnosis | null {
  const error = end.task.error ?? '';
  const secret =
    /\b(secret|config)\b[^:]*not found|unable to (?:get|find|retrieve) (secret|config)|(secret|config) (?:reference|target)/i.exec(
      error,
    );
  if (secret !== null) {
    const what = (secret[1] ?? secret[2] ?? secret[3] ?? 'secret').toLowerCase();
    return {
      cause: 'secret-missing',
      sentence: `A ${what} it needs is missing.`,
      evidence: toErrorEvidence(end),
      calm: false,
    };
  }
  const path = findMissingPath(error);
  if (path !== null) {
    const sentence = `The folder ${path} that it mounts does not exist on this node.`;
    return { cause: 'mount-missing', sentence, evidence: toErrorEvidence(end), calm: false };
  }
  if (
    !/invalid mount config|error while mounting volume|error mounting "\/|failed to mount|no such volume|VolumeDriver/i.test(
      error,
    )
  )
    return null;
  return {
    cause: 'mount-missing',
    sentence: 'A volume or folder that it mounts cannot be mounted on this node.',
    evidence: toErrorEvidence(end),
    calm: false,
  };
}

/** Its network could not be set up on the node. */
export function diagnoseNetwork(end: TaskEnd): Diagnosis | null {
  const error = end.task.error ?? '';
  if (
    !/no such network|network \S+ not found|pool overlaps|could not find (?:an? )?(?:available|network)|no available (?:IPv4 )?address|network sandbox|error creating (?:vxlan|external connectivity)|subnet sandbox join failed/i.test(
      error,
    )
  ) {
    return null;
  }
  return {
    cause: 'network-failed',
    sentence: 'Its network could not be set up on this node.',
    evidence: toErrorEvidence(end),
    calm: false,
  };
}

/** A port of the host that it publishes is taken (moby libnetwork portallocator, `port is already allocated`). */
export function diagnosePort(end: TaskEnd): Diagnosis | null {
  const error = end.task.error ?? '';
  if (!/port is already allocated|address already in use|port .* already in use/i.test(error)) return null;
  const port = findTakenPort(error);
  return {
    cause: 'port-in-use',
    sentence:
      port === null
        ? 'A host port it needs is already in use on this node.'
        : `Host port ${port} is already in use on this node.`,
    evidence: toErrorEvidence(end),
    calm: false,
  };
}
