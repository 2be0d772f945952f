import { CONTAINER_ACTIONS } from '#lib/engine/container-actions.ts';
import { isRaw, project, type Raw } from './project.ts';
import { EVENT } from './shapes.ts';

/** Passing probes are most of what an engine emits: so many containers' last results are kept in mind, at most. */
const MAX_CONTAINERS = 10_000;
/** Docker keeps a container's last five probes: who reads them after every fourth sees all of them. */
const EVERY = 4;
const ACTIONS: ReadonlySet<string> = new Set(CONTAINER_ACTIONS);
const HEALTH = /^health_status: (starting|healthy|unhealthy)$/;

/** What the engine is asked for: containers that Swarm made. Where a command starts is only counted here, and never sent on. */
export const EVENT_FILTERS = JSON.stringify({
  type: ['container'],
  event: ['health_status', 'exec_start', 'exec_die', ...ACTIONS],
  label: ['com.docker.swarm.task.id'],
});

/**
 * Chooses which events of an engine go on, one stream's worth of memory. A command that ended well is news after one
 * that did not, when the container was not known before, and else every fourth time. One that began, and of whose
 * end the engine tells nothing before the next begins (20.10 could not start it), is told of as ended without an exit code.
 * @returns a function from an event to what of it may be sent; `null`: nothing
 */
export function createEventFilter(): (event: unknown) => Raw | null {
  /** Of each container, how many commands in a row ended well; 0: the last did not. */
  const endedWell = new Map<string, number>();
  /** Of each container, the last command that began and did not end. */
  const begun = new Map<string, unknown>();

  return (event) => {
    if (!isRaw(event) || event.Type !== 'container' || typeof event.Action !== 'string') return null;
    const actor = isRaw(event.Actor) ? event.Actor : {};
    const attributes = isRaw(actor.Attributes) ? actor.Attributes : {};
    const { ID: id } = actor;
    if (typeof id !== 'string' || typeof attributes['com.docker.swarm.task.id'] !== 'string') return null;
    if (event.Action.startsWith('exec_start')) {
      const isLost = begun.has(id);
      if (begun.size >= MAX_CONTAINERS) begun.clear();
      begun.set(id, attributes.execID);
      if (!isLost) return null;
      endedWell.set(id, 0);
      const { exitCode: _, ...rest } = attributes;
      return tell({ ...event, Action: 'exec_die', Actor: { ...actor, Attributes: rest } });
    }
    if (event.Action === 'exec_die') {
      if (begun.get(id) === attributes.execID) begun.delete(id);
      if (endedWell.size >= MAX_CONTAINERS) endedWell.clear();
      const inRow = attributes.exitCode === '0' ? (endedWell.get(id) ?? 0) + 1 : 0;
      endedWell.set(id, inRow);
      if (inRow > 0 && inRow % EVERY !== 1) return null;
    } else if (event.Action === 'die' || event.Action === 'destroy') {
      endedWell.delete(id);
      begun.delete(id);
    } else if (!ACTIONS.has(event.Action) && !HEALTH.test(event.Action)) return null;
    return tell(hasExitCode(attributes) ? event : { ...event, Actor: withoutExitCode(actor) });
  };
}

/** When it was is said once. */
const tell = (event: Raw): Raw | null =>
  project(event.timeNano === undefined ? event : { ...event, time: undefined }, EVENT);

/** A container's label of this name stands in its place: whatever is in it is nobody's business. */
const hasExitCode = ({ exitCode }: Raw): boolean =>
  exitCode === undefined || (typeof exitCode === 'string' && /^-?\d{1,5}$/.test(exitCode));

function withoutExitCode(actor: Raw): Raw {
  const attributes = isRaw(actor.Attributes) ? actor.Attributes : {};
  return { ...actor, Attributes: { ...attributes, exitCode: null } };
}
