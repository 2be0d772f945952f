import type { UpdatePolicy } from './service.ts';
import {
  type HiddenChanges,
  NAMED_FIELDS,
  type NameChanges,
  type NamedField,
  type SpecChange,
  type SpecUnit,
} from './spec-change.ts';
import type { SpecFacts } from './spec-facts.ts';

type Value = string | number | null;

/** What is compared by value, in the order in which it is shown: what breaks services most often comes first. */
const VALUES: readonly (readonly [field: string, unit: SpecUnit, read: (spec: SpecFacts) => Value])[] = [
  ['image', 'text', ({ image }) => image],
  ['image digest', 'text', ({ imageDigest }) => imageDigest],
  ['mode', 'text', ({ mode }) => mode],
  ['replicas', 'count', ({ replicas }) => replicas],
  ['health check', 'text', ({ check }) => (check.disabled ? 'switched off' : null)],
  ['health check command', 'text', ({ check }) => check.command],
  ['check interval', 'ms', ({ check }) => check.intervalMs],
  ['check timeout', 'ms', ({ check }) => check.timeoutMs],
  ['check start period', 'ms', ({ check }) => check.startPeriodMs],
  ['check retries', 'count', ({ check }) => check.retries],
  ['memory limit', 'bytes', ({ resources }) => resources.memoryLimitBytes],
  ['CPU limit', 'nanoCpu', ({ resources }) => resources.cpuLimitNano],
  ['memory reserved', 'bytes', ({ resources }) => resources.memoryReservedBytes],
  ['CPUs reserved', 'nanoCpu', ({ resources }) => resources.cpuReservedNano],
  ['replicas per node, at most', 'count', ({ maxPerNode }) => maxPerNode],
  ['user', 'text', ({ user }) => user],
  ['endpoint mode', 'text', ({ endpointMode }) => endpointMode],
  ['stop grace', 'ms', ({ stopGraceMs }) => stopGraceMs],
  ['stop signal', 'text', ({ stopSignal }) => stopSignal],
  ['restart condition', 'text', ({ restart }) => restart.condition],
  ['restart delay', 'ms', ({ restart }) => restart.delayMs],
  ['restart attempts', 'count', ({ restart }) => restart.maxAttempts],
  ['restart window', 'ms', ({ restart }) => restart.windowMs],
  ...policyValues('update', ({ update }) => update),
  ...policyValues('rollback', ({ rollback }) => rollback),
];

function policyValues(
  name: string,
  of: (spec: SpecFacts) => UpdatePolicy,
): [string, SpecUnit, (spec: SpecFacts) => Value][] {
  return [
    [`${name} parallelism`, 'count', (spec) => of(spec).parallelism],
    [`${name} delay`, 'ms', (spec) => of(spec).delayMs],
    [`${name} monitor`, 'ms', (spec) => of(spec).monitorMs],
    [`${name} failures allowed`, 'ratio', (spec) => of(spec).maxFailureRatio],
    [`${name} failure action`, 'text', (spec) => of(spec).failureAction],
    [`${name} order`, 'text', (spec) => of(spec).order],
  ];
}

/** The differences between two specs of a service, the weightiest first; empty when nothing is known to differ. */
export function diffSpec(before: SpecFacts, after: SpecFacts, hidden: HiddenChanges): SpecChange[] {
  const changes: SpecChange[] = [];
  for (const [field, unit, read] of VALUES) {
    const [was, is] = [read(before), read(after)];
    // Another image has another digest: that goes without saying.
    if (was === is || (field === 'image digest' && before.image !== after.image)) continue;
    changes.push({ kind: 'value', field, unit, before: was, after: is });
  }
  if (hidden.command) changes.push({ kind: 'hidden', field: 'command' });
  if (hidden.checkCommand && before.check.command === after.check.command) {
    changes.push({ kind: 'hidden', field: 'health check command' });
  }
  for (const field of NAMED_FIELDS) {
    const names = namesOf(field, before, after, hidden);
    if (names.added.length + names.removed.length + names.changed.length > 0) {
      changes.push({ kind: 'names', field, ...names });
    }
  }
  if (before.forceUpdate !== after.forceUpdate) {
    const [was, is] = [before.forceUpdate, after.forceUpdate];
    changes.push({ kind: 'value', field: 'forced updates', unit: 'count', before: was, after: is });
  }
  if (changes.length === 0 && hidden.any) changes.push({ kind: 'hidden', field: 'something else' });
  return changes;
}

function namesOf(
  field: NamedField,
  before: SpecFacts,
  after: SpecFacts,
  { names }: HiddenChanges,
): NameChanges {
  if (field !== 'constraints' && field !== 'preferences') {
    return names[field] ?? { added: [], removed: [], changed: [] };
  }
  const [was, is] = [before[field], after[field]];
  return {
    added: is.filter((one) => !was.includes(one)),
    removed: was.filter((one) => !is.includes(one)),
    changed: [],
  };
}
