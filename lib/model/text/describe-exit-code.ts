import { type EngineTrouble, toProbeResult } from '#lib/model/docker/probe-result.ts';
import { describeDuration } from './describe-duration.ts';
import { describeExit } from './describe-exit.ts';

/** Why an engine runs no probe, in words. */
export const ENGINE_TROUBLES: Readonly<Record<NonNullable<EngineTrouble>, string>> = {
  stopped: 'the runtime takes its container for stopped',
  processes: 'no more processes can be started in it',
  'open-files': 'too many open files',
  memory: 'no memory left',
  disk: 'the disk is full or cannot be written',
  'control-groups': 'no room for more control groups',
  runtime: 'the container runtime failed',
};

/**
 * A probe's exit code in words, as {@link describeExit} has them. Docker gives -1 to a probe that had no exit: its
 * output then says whether it timed out (moby daemon/health.go, `Health check exceeded timeout (3s)`).
 */
export function describeExitCode(exitCode: number, output: string | null = null): string {
  const result = toProbeResult({ exitCode, output: output ?? '' });
  switch (result.kind) {
    case 'exit':
      return describeExit(result.exitCode);
    case 'timeout':
      return result.afterMs === null ? 'timed out' : `timed out after ${describeDuration(result.afterMs)}`;
    case 'start-timeout':
      return 'timed out at its start';
    case 'not-run':
      if (result.command === null || result.why === null) return 'could not run';
      return result.why === 'missing'
        ? `could not run: ${result.command} is not in the image`
        : `could not run: ${result.command} is not executable`;
    case 'engine':
      return result.why === null ? 'could not run' : `could not run: ${ENGINE_TROUBLES[result.why]}`;
  }
}
