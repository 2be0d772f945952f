import {
  type EngineClient,
  EngineError,
  type EngineEvent,
  type EventStream,
  type OpenEventsOptions,
} from '#lib/engine/port.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';

/** The one event stream of a connection. */
export interface Opening {
  /** Instead of one that was open before. */
  open(client: EngineClient, from: Pick<OpenEventsOptions, 'scope' | 'sinceMs'>): void;
  /** Nothing of it is emitted from now on. */
  close(): void;
}

export interface OpeningOptions {
  clock: Clock;
  onOpened(): void;
  onEvent(event: EngineEvent): void;
  /** `null`: the other side ended it. */
  onEnded(error: EngineError | null): void;
  /** It was not accepted in time. */
  onLate(error: EngineError): void;
}

export function createOpening(options: OpeningOptions): Opening {
  const { clock } = options;
  let stream: EventStream | null = null;
  let timer: Timer | null = null;
  let count = 0;

  function close(): void {
    count += 1;
    stream?.close();
    stream = null;
    timer?.cancel();
    timer = null;
  }

  return {
    open(client, from) {
      close();
      const mine = count;
      const late = `${client.endpoint} does not start its event stream: a proxy in between may hold it back.`;
      timer = clock.setTimer(LIMITS.openMs, () => options.onLate(new EngineError('timeout', late)));
      stream = client.openEvents({
        ...from,
        onOpen() {
          if (mine !== count) return;
          timer?.cancel();
          options.onOpened();
        },
        onEvent(event) {
          if (mine === count) options.onEvent(event);
        },
        onClose(error) {
          if (mine !== count) return;
          stream = null;
          options.onEnded(error);
        },
      });
    },
    close,
  };
}
