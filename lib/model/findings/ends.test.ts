import { expect, test } from 'vitest';
import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { word } from '#lib/testing/word-findings.ts';
import { diagnoseEnd } from './ends.ts';

const diagnose = (task: Partial<Task>, container: Container | null = null) =>
  word(
    diagnoseEnd({
      service: buildService(),
      task: buildTask({ state: 'failed', desiredState: 'shutdown', image: 'shop/web:2', ...task }),
      container,
      hostname: 'docker02',
    }),
  );

/** Error texts as dockerd 20.10 to 29 and runc write them. */
const ERRORS: [error: string, cause: Cause, sentence: string][] = [
  [
    'task: non-zero exit (137): dockerexec: unhealthy container',
    'killed-for-health',
    'Killed for its health: its health check failed.',
  ],
  [
    'task: non-zero exit (143): dockerexec: unhealthy container',
    'killed-for-health',
    'Killed for its health: its health check failed.',
  ],
  [
    'No such image: shop/web:2',
    'image-missing',
    'Image shop/web:2 cannot be used: it is not on docker02 and could not be pulled.',
  ],
  [
    "pull access denied for shop/web, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    'image-missing',
    'Image shop/web:2 cannot be used: the repository does not exist or needs a login (deploy with --with-registry-auth).',
  ],
  [
    'manifest for shop/web:2 not found: manifest unknown: manifest unknown',
    'image-missing',
    'Image shop/web:2 cannot be used: the registry has no such tag.',
  ],
  [
    'no matching manifest for linux/arm64/v8 in the manifest list entries',
    'image-missing',
    'Image shop/web:2 cannot be used: it is not built for the platform of docker02.',
  ],
  [
    'Get "https://registry.example/v2/": dial tcp: lookup registry.example on 127.0.0.11:53: no such host',
    'image-missing',
    'Image shop/web:2 cannot be used: its registry cannot be reached from docker02.',
  ],
  [
    'Head "https://registry.example/v2/shop/web/manifests/2": 401 Unauthorized.',
    'image-missing',
    'Image shop/web:2 cannot be used: the registry refuses the login (deploy with --with-registry-auth).',
  ],
  [
    'failed to authorize: failed to fetch oauth token: Post "https://auth.example/token": dial tcp: lookup auth.example on 127.0.0.53:53: server misbehaving',
    'image-missing',
    'Image shop/web:2 cannot be used: its registry cannot be reached from docker02.',
  ],
  [
    'failed to extract layer sha256:4dca: NotFound: failed to get reader from content store: content digest sha256:51f5: not found',
    'image-missing',
    'Image shop/web:2 cannot be used: a part of it is missing on docker02.',
  ],
  ['open /srv/unauthorized: no such file or directory', 'ended', 'Failed, and its exit code is not known.'],
  [
    'toomanyrequests: You have reached your pull rate limit.',
    'image-missing',
    'Image shop/web:2 cannot be used: the registry allows no more pulls for now.',
  ],
  [
    'error parsing HTTP 429 response body: invalid character \'T\' looking for beginning of value: "Too many requests"',
    'image-missing',
    'Image shop/web:2 cannot be used: the registry allows no more pulls for now.',
  ],
  ...[401, 403].map(
    (status) =>
      [
        `error parsing HTTP ${status} response body: invalid character '<' looking for beginning of value: "<html>Forbidden"`,
        'image-missing',
        'Image shop/web:2 cannot be used: the registry refuses the login (deploy with --with-registry-auth).',
      ] as [string, Cause, string],
  ),
  [
    'error parsing HTTP 502 response body: invalid character \'<\' looking for beginning of value: "<html>denied: no such image"',
    'image-missing',
    'Image shop/web:2 cannot be used: its registry answers with an error of its own.',
  ],
  [
    'error parsing HTTP 404 response body: invalid character \'p\' after top-level value: "404 page not found"',
    'image-missing',
    'Image shop/web:2 cannot be used: it is not on docker02 and could not be pulled.',
  ],
  [
    'failed to register layer: unsupported compression: zstd',
    'image-missing',
    'Image shop/web:2 cannot be used: it is in a format that the engine of docker02 does not read.',
  ],
  [
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "nope": executable file not found in $PATH: unknown',
    'command-cannot-start',
    'Its command nope cannot start: it is not in the image.',
  ],
  [
    'starting container failed: OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "/app/run.sh": permission denied: unknown',
    'command-cannot-start',
    'Its command /app/run.sh cannot start: it is not executable (permission denied).',
  ],
  [
    'starting container failed: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec /app/server: exec format error: unknown',
    'command-cannot-start',
    'Its command /app/server cannot start: it is built for another platform, or lacks its #! line.',
  ],
  [
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/no/such/cmd": stat /no/such/cmd: no such file or directory',
    'command-cannot-start',
    'Its command /no/such/cmd cannot start: it is not in the image.',
  ],
  [
    'starting container failed: unable to find user nobody-here: no matching entries in passwd file',
    'command-cannot-start',
    'Its command cannot start: its user nobody-here is not in the image.',
  ],
  [
    'starting container failed: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: open /proc/sys/net/nope: no such file or directory: unknown',
    'setting-refused',
    'A sysctl cannot be set on docker02.',
  ],
  [
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/etc/hostname" to rootfs at "/bin": mount src=/etc/hostname, dst=/bin, dstFd=/proc/thread-self/fd/14, flags=MS_BIND|MS_REC: not a directory: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type',
    'mount-missing',
    '/etc/hostname of docker02 cannot be mounted at /bin: one is a file, the other a folder.',
  ],
  [
    'starting container failed: failed to set up container networking: driver failed programming external connectivity on endpoint web.1.abc (5ea2dbc1): failed to bind host port for 0.0.0.0:18099:192.168.211.6:80/tcp: address already in use',
    'port-in-use',
    'Host port 18099 is already in use on docker02.',
  ],
  [
    'starting container failed: failed to set up container networking: driver failed programming external connectivity on endpoint web.1.abc (dbc5e8e3): Bind for :::18098 failed: port is already allocated',
    'port-in-use',
    'Host port 18098 is already in use on docker02.',
  ],
  ['starting container failed: something new', 'ended', 'Its container could not be started on docker02.'],
  [
    'starting container failed: driver failed programming external connectivity on endpoint web.1.abc: Bind for 0.0.0.0:8080 failed: port is already allocated',
    'port-in-use',
    'Host port 8080 is already in use on docker02.',
  ],
  [
    'starting container failed: failed to set up container networking: failed to bind host port 0.0.0.0:8080/tcp: address already in use',
    'port-in-use',
    'Host port 8080 is already in use on docker02.',
  ],
  [
    'driver failed programming external connectivity on endpoint web.1.abc: Error starting userland proxy: listen tcp4 0.0.0.0:443: bind: address already in use',
    'port-in-use',
    'Host port 443 is already in use on docker02.',
  ],
  [
    'invalid mount config for type "bind": bind source path does not exist: /srv/data',
    'mount-missing',
    'The folder /srv/data that it mounts does not exist on docker02.',
  ],
  [
    "starting container failed: error while mounting volume '/var/lib/docker/volumes/nfs/_data': failed to mount local volume: mount :/export:/var/lib/docker/volumes/nfs/_data: connection refused",
    'mount-missing',
    'Volume nfs cannot be mounted on docker02 (connection refused).',
  ],
  [
    'secret reference db-password-id not found',
    'secret-missing',
    'A secret it needs is missing on docker02 (db-password-id).',
  ],
  [
    'network backend not found',
    'network-failed',
    'Its network could not be set up on docker02: the network backend does not exist there.',
  ],
  [
    'No such container: web.1.p3gy1ocmbdn2s7yf3yzgzq6v5',
    'container-gone',
    'Its container disappeared: the engine was restarted, or someone removed it.',
  ],
  [
    'dockerexec: container destroyed',
    'container-gone',
    'Its container disappeared: the engine was restarted, or someone removed it.',
  ],
  ['task: non-zero exit (1)', 'exit-code', 'Ended with exit 1.'],
  ['task: non-zero exit (137)', 'exit-code', 'Ended with exit 137 (SIGKILL): killed from outside.'],
  ['task: non-zero exit (143)', 'exit-code', 'Ended with exit 143 (SIGTERM): told to stop from outside.'],
  ['task: non-zero exit (139)', 'exit-code', 'Ended with exit 139 (SIGSEGV): it crashed.'],
  ['task: non-zero exit (127)', 'exit-code', 'Ended with exit 127 (command not found).'],
  ['something Docker never said before', 'ended', 'Failed, and its exit code is not known.'],
];

test.each(ERRORS)('%s', (error, cause, sentence) => {
  const diagnosis = diagnose({ error, exitCode: 0 });
  expect(diagnosis).toMatchObject({ cause, sentence, expected: false });
  expect(diagnosis.evidence?.text).not.toBe('');
});

const bad = [1, 2, 3].map((n) =>
  buildProbe({ startedAtMs: 10_000 + n * 5_000, durationMs: 52, exitCode: 1, output: 'HTTP 503\n' }),
);

test('at its limit of processes a program ends with a code like any other: its last log lines say why', () => {
  const container = buildContainer({ state: 'exited', exitCode: 2, lastWords: 'no-process' });
  const found = diagnose({ error: 'task: non-zero exit (2)' }, container);
  expect(found).toMatchObject({
    cause: 'exit-code',
    sentence: 'Ended with exit 2: by its last log lines it could start no more processes.',
  });
  expect(found.hint).toContain('Its own limit (--limit-pids) or that of');
});

test('killed for health, with its last words', () => {
  const container = buildCheckedContainer(
    { status: 'unhealthy', failingStreak: 4, probes: bad },
    { state: 'exited', exitCode: 137 },
  );
  expect(
    diagnose({ error: 'task: non-zero exit (137): dockerexec: unhealthy container' }, container),
  ).toMatchObject({
    cause: 'killed-for-health',
    sentence: 'Killed for its health: 4 probes in a row failed, the last: exit 1.',
    evidence: { label: 'exit 1 after 52 ms', text: 'HTTP 503' },
    expected: false,
  });
});

test('a probe that was under way when the container was killed was killed with it, and is not why', () => {
  const killed = buildProbe({ startedAtMs: 29_000, durationMs: 900, exitCode: 137, output: '' });
  const container = buildCheckedContainer(
    { status: 'unhealthy', failingStreak: 4, probes: [...bad, killed] },
    { state: 'exited', exitCode: 137, finishedAtMs: 30_000 },
  );
  const error = 'task: non-zero exit (137): dockerexec: unhealthy container';
  expect(diagnose({ error }, container).sentence).toBe(
    'Killed for its health: 4 probes in a row failed, the last: exit 1.',
  );
  const alone = { ...container, health: { ...container.health, probes: [killed] } } as typeof container;
  expect(diagnose({ error }, alone).sentence).toContain('the last: exit 137');
  const earlier = buildCheckedContainer(
    { status: 'unhealthy', failingStreak: 4, probes: [...bad, killed] },
    { state: 'exited', exitCode: 137, finishedAtMs: 45_000 },
  );
  expect(diagnose({ error }, earlier).sentence).toContain('the last: exit 137');
});

test.each([0, 143])('killed for health without a word of it: exit %i on SIGTERM', (exitCode) => {
  const container = buildCheckedContainer(
    { status: 'unhealthy', failingStreak: 3, probes: bad },
    { state: 'exited', exitCode },
  );
  expect(diagnose({ state: 'complete', message: 'finished' }, container).cause).toBe('killed-for-health');
});

test('killed for health before it was ever healthy', () => {
  const { sentence } = diagnose({
    message: 'starting',
    error: 'task: non-zero exit (137): dockerexec: unhealthy container',
  });
  expect(sentence).toBe('Killed for its health before it was ever healthy: its health check failed.');
});

test.each<[situation: string, container: Container]>([
  [
    'stopped cleanly: forced unhealthy, streak 0',
    buildCheckedContainer({ status: 'unhealthy', probes: [buildProbe()] }, { state: 'exited', exitCode: 1 }),
  ],
  [
    'crashed with a streak below retries',
    buildCheckedContainer({ failingStreak: 2, probes: bad.slice(1) }, { state: 'exited', exitCode: 1 }),
  ],
  [
    'probes of an earlier run only',
    buildCheckedContainer(
      { failingStreak: 3, probes: bad },
      { state: 'exited', exitCode: 1, startedAtMs: 90_000 },
    ),
  ],
])('not killed for health: %s', (_situation, container) => {
  expect(diagnose({ error: 'task: non-zero exit (1)' }, container)).toMatchObject({
    cause: 'exit-code',
    sentence: 'Ended with exit 1.',
  });
});

test('out of memory', () => {
  const container = buildContainer({ state: 'exited', exitCode: 137, oomKilled: true });
  expect(diagnose({ error: 'task: non-zero exit (137)' }, container)).toMatchObject({
    cause: 'out-of-memory',
    sentence: 'Ran out of memory: the kernel killed it at its memory limit, exit 137 (SIGKILL).',
  });
});

test.each<[situation: string, container: Partial<Container>, cause: Cause, sentence: string]>([
  [
    'the flag is old news: a child was killed an hour before it failed by itself',
    { exitCode: 1, oomAtMs: 0, finishedAtMs: 3_600_000 },
    'exit-code',
    'Ended with exit 1. A process in it was killed for memory earlier, 1 h before.',
  ],
  [
    'the flag was read and no time is known, and it was told to stop',
    { exitCode: 143 },
    'exit-code',
    'Ended with exit 143 (SIGTERM): told to stop from outside. A process in it was killed for memory earlier.',
  ],
  [
    'killed by hand a day after a probe was killed for memory',
    { exitCode: 137, oomAtMs: 0, finishedAtMs: 86_400_000 },
    'exit-code',
    'Ended with exit 137 (SIGKILL): killed from outside. A process in it was killed for memory earlier, 1 d before.',
  ],
  [
    'killed with the event',
    { exitCode: 137, oomAtMs: 86_399_990, finishedAtMs: 86_400_000 },
    'out-of-memory',
    'Ran out of memory: the kernel killed it at its memory limit, exit 137 (SIGKILL).',
  ],
])('out of memory only where that ended it: %s', (_situation, container, cause, sentence) => {
  const dead = buildContainer({ state: 'exited', oomKilled: true, ...container });
  expect(diagnose({ error: `task: non-zero exit (${dead.exitCode})` }, dead)).toMatchObject({
    cause,
    sentence,
  });
});

test('exit 0 where it should keep running', () => {
  expect(diagnose({ state: 'complete', exitCode: 0 })).toMatchObject({
    cause: 'ended',
    sentence: 'Ended with exit 0, though it should keep running.',
  });
});

test('rejected for an unknown reason', () => {
  expect(diagnose({ state: 'rejected', error: 'mystery' })).toMatchObject({
    cause: 'ended',
    sentence: 'docker02 could not prepare it.',
    evidence: { label: 'Docker says', text: 'mystery' },
    expected: false,
  });
});

test('died without a word of the manager yet: the container tells', () => {
  expect(diagnose({ state: 'running' }, buildContainer({ state: 'exited', exitCode: 3 })).sentence).toBe(
    'Ended with exit 3.',
  );
});
