import { Worker } from 'node:worker_threads';
import type { FromThread, ThreadSettings, ToThread } from './thread-message.ts';

const RESTART_MS = 5_000;

/** The history's thread. When it fails it is started again, a while later, for as long as it is not to end. */
export interface Thread {
  isUp(): boolean;
  /** Says nothing to a thread that is not there. */
  send(message: ToThread): void;
  /** From here on the process waits for it, if for nothing else. Settles when it is gone. */
  end(): Promise<void>;
}

export interface ThreadOptions {
  /** The file `thread.ts`: a bundler does not move it. */
  file: string;
  settings: ThreadSettings;
  onMessage(message: FromThread): void;
  /** It is gone: what was sent and not answered never will be. */
  onGone(): void;
  /** It is gone, and was not to end. */
  onFailure(why: string): void;
}

export function createThread(options: ThreadOptions): Thread {
  let thread: Worker | null = null;
  let isEnding = false;
  let onEnded: (() => void) | null = null;

  function start(): void {
    if (isEnding) return;
    const started = new Worker(options.file, {
      workerData: options.settings,
      // node:sqlite says of itself that it is experimental, once per start.
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: {},
    });
    thread = started;
    started.unref();
    started.on('message', options.onMessage);
    started.on('error', (error) => leave(error.message));
    started.on('exit', () => leave('it ended'));
    function leave(why: string): void {
      if (thread !== started) return;
      thread = null;
      onEnded?.();
      options.onGone();
      if (isEnding) return;
      options.onFailure(why);
      setTimeout(start, RESTART_MS).unref();
    }
  }

  start();
  return {
    isUp: () => thread !== null,
    send(message) {
      thread?.postMessage(message);
    },
    end() {
      isEnding = true;
      thread?.ref();
      return new Promise((resolve) => {
        if (thread === null) resolve();
        else onEnded = resolve;
      });
    },
  };
}
