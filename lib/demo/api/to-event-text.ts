import type { SimEvent } from '#lib/demo/world.ts';
import { toNanos } from './format-time.ts';
import { toHash } from './to-hash.ts';
import { toImageName, toLabels, toTaskName } from './to-labels.ts';

/** One line of `GET /events`, made once. API 1.52 left the old `status`, `id` and `from` out. */
export function toEventText(event: SimEvent, legacy: boolean): string {
  const form = legacy ? 'legacy' : 'current';
  const known = event.text[form];
  if (known !== null) return known;
  const { container, type, action, actorId } = event;
  const image = container ? toImageName(container.task) : undefined;
  const isOld = legacy && container !== null;
  const nanos = toNanos(event.atMs);
  const head = JSON.stringify({
    ...(isOld ? { status: action, id: actorId, from: image } : {}),
    Type: type,
    Action: action,
    Actor: { ID: actorId, Attributes: toEventAttributes(event) },
    scope: container ? 'local' : 'swarm',
  });
  // Its nanoseconds are more than a number of ours can hold.
  const text = `${head.slice(0, -1)},"time":${nanos.slice(0, -9)},"timeNano":${nanos}}\n`;
  event.text[form] = text;
  return text;
}

/** The action's own, then the container's labels over them, then image and name (moby `daemon/events.go`). */
export function toEventAttributes({ container, exec, attributes }: SimEvent): Record<string, string> {
  if (!container) return { ...attributes };
  return {
    ...(exec === null ? {} : { execID: toHash(`exec ${exec}`) }),
    ...attributes,
    ...toLabels(container),
    image: toImageName(container.task),
    name: toTaskName(container.task),
  };
}
