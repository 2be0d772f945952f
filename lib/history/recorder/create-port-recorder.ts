import type { Facts } from '#lib/facts/create-facts.ts';
import type { FactChange } from '#lib/facts/fact-change.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { PortCheck } from '#lib/model/docker/port-check.ts';

/** Keeps what each published port answered on each node: as stretches, so that what stays the same costs nothing. */
export interface PortRecorder {
  observe(change: Extract<FactChange, { kind: 'ports' }>): void;
  /** The history is open, and the picture is there. */
  begin(): void;
  /** Records again what lasts. */
  repeat(): void;
}

export function createPortRecorder(options: {
  facts: Pick<Facts, 'services' | 'portsOf'>;
  nowMs(): number;
  record(record: HistoryRecord): void;
}): PortRecorder {
  const { facts, nowMs, record } = options;
  let begun = false;

  function keep({ target, state, sinceMs }: PortCheck): void {
    const { serviceId, port, nodeId } = target;
    if (serviceId === null) return;
    if (state === null) record({ kind: 'port-end', serviceId, port, nodeId, atMs: nowMs() });
    else
      record({
        kind: 'port',
        serviceId,
        port,
        nodeId,
        fromMs: Math.min(sinceMs, nowMs()),
        state,
      });
  }

  function repeat(): void {
    for (const { id } of facts.services())
      for (const check of facts.portsOf(id)) if (check.state !== null) keep(check);
  }

  return {
    observe({ turned, gone }) {
      if (!begun) return;
      for (const { serviceId, port, nodeId } of gone)
        if (serviceId !== null) record({ kind: 'port-end', serviceId, port, nodeId, atMs: nowMs() });
      for (const check of turned) keep(check);
    },
    begin() {
      begun = true;
      repeat();
    },
    repeat,
  };
}
