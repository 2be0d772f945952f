import { withoutOutputs } from '#lib/live/scoped/without-outputs.ts';
import { findSwarmRole, seesOutputs } from '#lib/model/contract/scope.ts';
import { withoutAddresses } from '#lib/model/text/without-addresses.ts';
import { sumUsage, type UsageAnswers } from '#lib/server/answers/create-usage-answers.ts';
import type { ScopedParts } from './scope-history.ts';

/** What the containers that may be seen use. */
export function scopeUsage(usage: UsageAnswers, { scope, roleOf }: ScopedParts): UsageAnswers {
  const swarmRole = findSwarmRole(scope);
  /** Why it could not be read names where the engine is, which is of the node. */
  const toPlaceless = <T extends { error: string | null }>(answer: T): T =>
    swarmRole !== null || answer.error === null
      ? answer
      : { ...answer, error: withoutAddresses(answer.error) };
  const asRole = <T>(name: string, answer: T): T =>
    seesOutputs(roleOf(name)) ? answer : withoutOutputs(answer);
  return {
    isOn: usage.isOn,
    async service(name) {
      const answer = roleOf(name) === null ? null : await usage.service(name);
      if (answer === null) return null;
      return asRole(name, { ...answer, replicas: answer.replicas.map(toPlaceless) });
    },
    async node(name) {
      const answer = await usage.node(name);
      if (answer === null || seesOutputs(swarmRole)) return answer;
      if (swarmRole !== null) return withoutOutputs(answer);
      // What the node has is for whoever sees it whole: of theirs alone nobody could say how full it is.
      const replicas = answer.replicas
        .filter(({ serviceName }) => roleOf(serviceName) !== null)
        .map((replica) => asRole(replica.serviceName, toPlaceless(replica)));
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
      const answer = await usage.replica(name, key, window);
      return answer && asRole(name, toPlaceless(answer));
    },
  };
}
