import { execFile } from 'node:child_process';

/** The environment of every command: nothing of the caller's, above all no DOCKER_HOST. */
export const cleanEnv: NodeJS.ProcessEnv & { PATH: string } = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LC_ALL: 'C.UTF-8',
  // Next's types ask for it in every environment.
  NODE_ENV: 'production',
  // A folder that is not there: no credentials, no context, no proxy settings.
  DOCKER_CONFIG: '/nonexistent/docker',
};

export interface RunOptions {
  /** Ends the command when aborted. */
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
  /** Defaults to `cleanEnv`. */
  env?: NodeJS.ProcessEnv;
}

/**
 * Runs a command to its end.
 * @returns what it printed, without the last line end
 * @throws with the command and what it said when it fails, is aborted or takes longer than `timeoutMs` (60 s)
 */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { signal, timeoutMs = 60_000, env = cleanEnv } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const settings = {
      signal,
      timeout: timeoutMs,
      env,
      killSignal: 'SIGKILL',
      maxBuffer: 64 * 2 ** 20,
    } as const;
    execFile(command, args, settings, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout.replace(/\r?\n$/, ''));
      if (signal?.aborted) return reject(signal.reason);
      const why = error.killed
        ? `no end after ${timeoutMs} ms`
        : stderr.trim() || stdout.trim() || error.message;
      reject(new Error(`${command} ${args.join(' ')}: ${why}`, { cause: error }));
    });
  });
}
