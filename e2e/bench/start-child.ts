import { spawn } from 'node:child_process';
import { waitFor } from '#e2e/lab/wait-for.ts';

/** A process of ours that reports, by message, that it is up. It ends with this one however that happens. */
export interface Child<T> {
  message: T;
  pid: number;
  close(): Promise<void>;
}

/** Runs a file with node and waits for its first message. @throws when it ends without one */
export async function startChild<T>(
  file: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<Child<T>> {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 2, 2, 'ipc'] });
  const close = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const isOver = () => child.exitCode !== null || child.signalCode !== null;
    await waitFor(isOver, 5_000, `the end of ${file}`).catch(() => child.kill('SIGKILL'));
  };
  try {
    const message = await new Promise<T>((resolve, reject) => {
      child.once('message', (message) => resolve(message as T));
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`${file} ended before it was up.`)));
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return { message, pid: child.pid ?? 0, close };
  } catch (error) {
    await close();
    throw error;
  }
}
