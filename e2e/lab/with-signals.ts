const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does work that cleans up after itself when its signal is aborted, which happens when this process is asked to end.
 * Once the work has settled the process ends by that signal, unless somebody else listens for that.
 */
export async function withSignals<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let received: NodeJS.Signals | null = null;
  const listen = (name: NodeJS.Signals): void => {
    received ??= name;
    stop.abort(new Error(`told to end by ${name}`));
  };
  for (const name of SIGNALS) process.on(name, listen);
  try {
    return await work(stop.signal);
  } finally {
    for (const name of SIGNALS) process.off(name, listen);
    if (received !== null && process.listenerCount(received) === 0) process.kill(process.pid, received);
  }
}
