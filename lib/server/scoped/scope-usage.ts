import { withoutOutputs } from '#lib/live/scoped/without-outputs.ts';
import { findSwarmRole, seesOutputs } from '#lib/model/contract/scope.ts';
import { sumUsage, type UsageAnswers } from '#lib/server/answers/create-usage-answers.ts';
import type { ScopedParts } from './scope-history.ts';

/** What the containers that may be seen use. */
export function scopeUsage(usage: UsageAnswers, { scope, roleOf }: ScopedParts): UsageAnswers {
  const swarmRole = findSwarmRole(scope);
  const asRole = <T>(name: string, answer: T): T =>
    seesOutputs(roleOf(name)) ? answer : withoutOutputs(answer);
  return {
    isOn: usage.isOn,
    service: async (name) => (roleOf(name) === null ? null : asRole(name, await usage.service(name))),
    async node(name) {
      const answer = await usage.node(name);
      if (answer === null || seesOutputs(swarmRole)) return answer;
      if (swarmRole !== null) return withoutOutputs(answer);
      // What the node has is for whoever sees it whole: of theirs alone nobody could say how full it is.
      const replicas = answer.replicas
        .filter(({ serviceName }) => roleOf(serviceName) !== null)
        .map((replica) => asRole(replica.serviceName, replica));
      if (replicas.length === 0) return null;
      return {
        ...answer,
        ...sumUsage(replicas, answer.atMs),
        memoryMaxBytes: null,
        cpuMaxCores: null,
        replicas,
      };
    },
    async replica(name, key, window) {
      if ((roleOf(name) ?? swarmRole) === null) return null;
      return asRole(name, await usage.replica(name, key, window));
    },
  };
}
