import type { Probe } from '#lib/model/docker/probe.ts';
import type { TaskContainer } from './find-container.ts';

/** What `docker inspect` says on the container's own node, read apart from the product's code. */
export interface Inspected {
  running: boolean;
  paused: boolean;
  startedAtMs: number;
  health: {
    status: string;
    failingStreak: number;
    probes: Omit<Probe, 'truncated'>[];
  } | null;
}

interface DockerState {
  Running: boolean;
  Paused: boolean;
  StartedAt: string;
  Health?: {
    Status: string;
    FailingStreak: number;
    Log: { Start: string; End: string; ExitCode: number; Output: string }[];
  };
}

export async function inspectContainer({ host, id }: TaskContainer): Promise<Inspected> {
  const state = JSON.parse(await host.docker('inspect', '--format', '{{json .State}}', id)) as DockerState;
  const health = state.Health ?? null;
  return {
    running: state.Running,
    paused: state.Paused,
    startedAtMs: Date.parse(state.StartedAt),
    health: health && {
      status: health.Status,
      failingStreak: health.FailingStreak,
      probes: health.Log.map(({ Start, End, ExitCode, Output }) => ({
        startedAtMs: Date.parse(Start),
        endedAtMs: Date.parse(End),
        durationMs: Math.max(0, Date.parse(End) - Date.parse(Start)),
        exitCode: ExitCode,
        output: Output,
      })),
    },
  };
}
