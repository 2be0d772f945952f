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
import type { LogAccess } from '#lib/server/create-log-access.ts';
import { selectSilences } from '#lib/server/silences/create-silence-answers.ts';
import type { Vitals, WholeVitals } from '#lib/server/vitals.ts';
import { scopeDetails } from './scope-details.ts';
import { type ScopedParts, scopeHistory, selectOfStacks } from './scope-history.ts';
import { scopeUsage } from './scope-usage.ts';

/** Of so many scopes the answers are kept; they hold what was made for them last. */
const MAX_KEPT = 64;

/**
 * What pages and routes may ask on behalf of somebody: the one place that says what of each answer they may see. A question
 * that is new does not compile before it is said here. What belongs together or is summed up is made
 * anew for whom stacks limit, of their stacks alone.
 */
export function createScopes(whole: WholeVitals, hubs: ScopedHubs): (scope: Scope) => Vitals {
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

function createScopedVitals(whole: WholeVitals, hubs: ScopedHubs, shown: Scope): Vitals {
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
  const sees =
    swarmRole === null ? scope.rights.every(({ role }) => seesOutputs(role)) : seesOutputs(swarmRole);
  /** What is of more than one service, with as much in it as their lowest role shows. */
  const asRole = <T>(answer: T): T => (sees ? answer : withoutOutputs(answer));
  const { incidents, timeline, reports } = swarmRole === null ? whole.apart(scope) : whole;
  const { moment, metrics, collectMetrics } = whole;
  const toOwnMetrics = () => (swarmRole === null ? whole.metricsOf(picture) : { metrics, collectMetrics });

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
      open: async () => asRole(await incidents.open()),
      overview: () => asRole(incidents.overview()),
      shown: async () => asRole(await incidents.shown()),
      list: async (query) => asRole(await incidents.list(query)),
      detail: async (id) => asRole(await incidents.detail(id)),
    },
    reports: { report: async (time) => asRole(await reports.report(time)) },
    timeline: {
      knownFromMs: timeline.knownFromMs,
      read: async (window, signal) => asRole(await timeline.read(window, signal)),
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
    silences: {
      ...whole.silences,
      list: async () => asRole(selectSilences(await whole.silences.list(), scope)),
    },
    ...toOwnMetrics(),
    apart: () => null,
  };
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
