import { expect, test } from 'vitest';
import { toProbeResult } from '#lib/model/docker/probe-result.ts';
import { describeProbeResult } from './en/probes.ts';

test.each<[exitCode: number, output: string | null, words: string]>([
  [0, null, 'exit 0'],
  [1, null, 'exit 1'],
  [2, 'reserved', 'exit 2'],
  [126, null, 'exit 126 (not executable)'],
  [127, '/bin/sh: nosuchcmd: not found\n', 'exit 127 (command not found)'],
  [128, null, 'exit 128'],
  [134, null, 'exit 134 (SIGABRT)'],
  [137, null, 'exit 137 (SIGKILL)'],
  [139, null, 'exit 139 (SIGSEGV)'],
  [143, null, 'exit 143 (SIGTERM)'],
  [255, null, 'exit 255'],
  [-1, 'Health check exceeded timeout (3s)', 'timed out after 3 s'],
  [-1, 'Health check exceeded timeout (1m0s): partial output', 'timed out after 1 min'],
  [-1, 'Health check exceeded timeout (1.5s)', 'timed out after 1.5 s'],
  [-1, 'Health check exceeded timeout (500ms)', 'timed out after 500 ms'],
  [-1, 'Health check exceeded timeout', 'timed out'],
  [-1, 'timed out starting health check for container 5c20b551e3b9', 'timed out at its start'],
  [
    -1,
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "/bin/sh": stat /bin/sh: no such file or directory: unknown',
    'could not run: /bin/sh is not in the image',
  ],
  [
    -1,
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "/check": permission denied: unknown',
    'could not run: /check is not executable',
  ],
  [
    -1,
    'cannot exec in a stopped state: unknown',
    'could not run: the runtime takes its container for stopped',
  ],
  [-1, 'context deadline exceeded', 'could not run'],
  [
    -1,
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "wget -q localhost || exit 1": stat wget -q localhost || exit 1: no such file or directory',
    'could not run: no program is called “wget -q localhost || exit 1”',
  ],
  [
    -1,
    'OCI runtime exec failed: exec failed: unable to start container process: read init-p: resource temporarily unavailable',
    'could not run: no more processes can be started in it',
  ],
  [-1073741510, null, 'exit 3221225786 (0xC000013A, stopped by Ctrl+C or docker stop)'],
  [-1, '', 'could not run'],
])('%i with output %j: %s', (exitCode, output, words) => {
  expect(describeProbeResult(toProbeResult({ exitCode, output: output ?? '' }))).toBe(words);
});
