import type { ScopedHubs } from '#lib/live/scoped/create-scoped-hubs.ts';
import { createStackLookup } from '#lib/live/scoped/create-stack-lookup.ts';
import { toStatusApart } from '#lib/live/scoped/select-picture.ts';
import { toScopedEpoch } from '#lib/live/scoped/to-scoped-epoch.ts';
import { withoutOutputs } from '#lib/live/scoped/without-outputs.ts';
import {
  findHighestRole,
  findRole,
  findSwarmRole,
  isWhole,
  NOTHING,
  type Scope,
  seesOutputs,
  toScopeKey,
} from '#lib/model/contract/scope.ts';
import type { UsageAnswers } from '#lib/server/answers/create-usage-answers.ts';
import type { LogAccess } from '#lib/server/create-log-access.ts';
import type { Vitals } from '#lib/server/vitals.ts';
import { scopeDetails } from './scope-details.ts';
import { type ScopedParts, scopeHistory, selectOfStacks } from './scope-history.ts';

/** Of so many scopes the answers are kept; they hold what was made for them last. */
const MAX_KEPT = 64;

/**
 * What pages and routes may ask on behalf of somebody: the one place that says what of each answer they may see. A question
 * that is new does not compile before it is said here. What cannot be told of some stacks alone is not told at all to whom
 * stacks limit.
 */
export function createScopes(whole: Vitals, hubs: ScopedHubs): (scope: Scope) => Vitals {
  const kept = new Map<string, Vitals>();
  return (scope) => {
    if (isWhole(scope)) return whole;
    const key = toScopeKey(scope);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const scoped = createScopedVitals(whole, hubs, scope);
    kept.set(key, scoped);
    for (const oldest of kept.keys()) if (kept.size > MAX_KEPT) kept.delete(oldest);
    return scoped;
  };
}

function createScopedVitals(whole: Vitals, hubs: ScopedHubs, shown: Scope): Vitals {
  // A screen draws what its picture and its stream say, and asks for nothing else.
  const scope = shown.isWall ? NOTHING : shown;
  const swarmRole = findSwarmRole(scope);
  const picture = () => hubs.picture(shown);
  const findService = (name: string) => {
    const { services } = whole.picture();
    return services.find((one) => one.name === name) ?? services.find((one) => one.id === name) ?? null;
  };
  const parts: ScopedParts = {
    scope,
    roleOf(name) {
      const service = findService(name);
      return service === null ? null : findRole(scope, service.stack);
    },
    stackOf: createStackLookup(whole.picture),
  };
  const { stackOf } = parts;
  /** What is of the swarm as a whole, with as much in it as their role there shows. */
  const asRole = <T>(answer: T): T => (seesOutputs(swarmRole) ? answer : withoutOutputs(answer));
  const { incidents, timeline, reports, moment, metrics } = whole;

  return {
    epoch: toScopedEpoch(whole.epoch, shown),
    build: whole.build,
    scope: shown,
    ready: whole.ready,
    picture,
    openStream: (lastEventId, signal) => hubs.open(shown, lastEventId, signal),
    logs: whole.logs === null || !seesOutputs(findHighestRole(scope)) ? null : scopeLogs(whole.logs, parts),
    ...scopeDetails(whole, { ...parts, picture }),
    places: (text) =>
      whole.places(text, (id) => {
        const stack = stackOf(id);
        return stack !== undefined && findRole(scope, stack) !== null;
      }),
    history: scopeHistory(whole.history, parts),
    incidents: {
      open: async () => (swarmRole === null ? [] : asRole(await incidents.open())),
      overview: () => (swarmRole === null ? { lines: [], total: 0 } : asRole(incidents.overview())),
      list: async (query) =>
        swarmRole === null
          ? { incidents: [], more: false, history: whole.history.state() }
          : asRole(await incidents.list(query)),
      detail: async (id) => (swarmRole === null ? null : asRole(await incidents.detail(id))),
    },
    reports: {
      report: async (time) => (swarmRole === null ? null : asRole(await reports.report(time))),
    },
    timeline: {
      knownFromMs: timeline.knownFromMs,
      read: async (window, signal) =>
        swarmRole === null ? Promise.reject(new NotTold()) : asRole(await timeline.read(window, signal)),
    },
    moment: {
      isSeen: moment.isSeen,
      async read(atMs, serviceId) {
        const answer = await moment.read(atMs, serviceId);
        if (answer === null || answer === 'busy') return answer;
        const own = selectOfStacks(answer.replicas, scope);
        return { ...answer, replicas: swarmRole === null ? own.map(toStatusApart) : own };
      },
    },
    usage: scopeUsage(whole.usage, parts),
    metrics: () => (swarmRole === null ? Promise.reject(new NotTold()) : metrics()),
  };
}

/** Whoever may not see it is refused before it is asked for: this is for a way that nobody thought of. */
class NotTold extends Error {
  constructor() {
    super('This is told of the whole swarm alone.');
  }
}

function scopeLogs(access: LogAccess, { roleOf }: ScopedParts): LogAccess {
  return {
    mayRead: (name) => seesOutputs(roleOf(name)),
    logs: access.logs,
    prepare: async (subject) => {
      if (seesOutputs(roleOf(subject.name))) await access.prepare(subject);
    },
    targets: (subject) => (seesOutputs(roleOf(subject.name)) ? access.targets(subject) : null),
  };
}

function scopeUsage(usage: UsageAnswers, { scope, roleOf }: ScopedParts): UsageAnswers {
  const asRole = <T>(name: string, answer: T): T =>
    seesOutputs(roleOf(name)) ? answer : withoutOutputs(answer);
  return {
    isOn: usage.isOn,
    service: async (name) => (roleOf(name) === null ? null : asRole(name, await usage.service(name))),
    // Sums of all containers there, whose ever they are.
    async node(name) {
      if (findSwarmRole(scope) === null) return null;
      const answer = await usage.node(name);
      return seesOutputs(findSwarmRole(scope)) ? answer : withoutOutputs(answer);
    },
    async replica(name, key, window) {
      if ((roleOf(name) ?? findSwarmRole(scope)) === null) return null;
      return asRole(name, await usage.replica(name, key, window));
    },
  };
}
