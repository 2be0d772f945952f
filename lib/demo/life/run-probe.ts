import { isAtLeast } from '#lib/demo/api/engine-releases.ts';
import { toPauseMs } from '#lib/demo/api/to-pause-ms.ts';
import { createRandom } from '#lib/demo/create-random.ts';
import type { CheckPlan } from '#lib/demo/service-plan.ts';
import type { SimContainer, World } from '#lib/demo/world.ts';
import { applyProbe, logProbe, MAX_LOG } from './apply-probe.ts';
import { decideProbe, type ProbeOutcome } from './decide-probe.ts';
import { emitContainer } from './emit-container.ts';

/** The engine emits that a probe ended a little before it counts it. */
const COUNTED_AFTER_MS = 4;

/** Plans the next probe of a container that runs; does nothing for one without a health check. */
export function planProbe(world: World, container: SimContainer, delayMs: number): void {
  const { check } = container.task.service.plan;
  if (!check || !container.health) return;
  if (world.skims && isQuiet(world, container)) {
    container.skimmedToMs = world.timeline.nowMs() + delayMs;
    return;
  }
  const { life } = container;
  world.timeline.after(delayMs, () => {
    if (container.life !== life || !isAlive(container)) return;
    const outcome = decide(world, container, check);
    const exec = begin(world, container, check);
    planEnd(world, container, outcome, { exec, startMs: world.timeline.nowMs() });
  });
}

function planEnd(
  world: World,
  container: SimContainer,
  outcome: ProbeOutcome,
  probe: { exec: number; startMs: number },
): void {
  const { life } = container;
  world.timeline.at(probe.startMs + outcome.durationMs, () => {
    if (container.life !== life || !isAlive(container)) return;
    const count = end(world, container, outcome, probe);
    const quiet = outcome.exitCode === 0 && container.health?.status === 'healthy';
    if (quiet && container.health?.streak === 0) return count();
    world.timeline.after(COUNTED_AFTER_MS, () => container.life === life && count());
  });
}

/** Its next probes can only pass. */
function isQuiet(world: World, { health, failNext, forced, readyAtMs, draws }: SimContainer): boolean {
  if (draws === null || health?.status !== 'healthy' || health.streak > 0) return false;
  return failNext === 0 && forced === null && world.timeline.nowMs() >= readyAtMs;
}

/**
 * Makes up for the probes of a container that were passed over, to be called before anything changes how they end: the
 * last five are there, and the next one is due when it would have been.
 */
export function unskim(world: World, container: SimContainer): void {
  const { check } = container.task.service.plan;
  const nowMs = world.timeline.nowMs();
  let startMs = container.skimmedToMs;
  container.skimmedToMs = null;
  if (startMs === null || !check || !container.health) return;
  const { health } = container;
  const loggedFromMs = nowMs - MAX_LOG * (check.intervalMs + check.timeoutMs);
  while (startMs <= nowMs) {
    const outcome = decide(world, container, check);
    world.execs += 1;
    const endMs: number = startMs + outcome.durationMs;
    if (endMs > nowMs) {
      planEnd(world, container, outcome, { exec: world.execs, startMs });
      return;
    }
    const { exitCode, output } = outcome;
    if (endMs > loggedFromMs) logProbe(health, { startMs, endMs, exitCode, output });
    startMs = endMs + check.intervalMs;
  }
  const { life } = container;
  world.timeline.at(startMs, () => {
    if (container.life === life && isAlive(container)) planProbe(world, container, 0);
  });
}

/** What the probes of a container are drawn from, where each has its own. */
export function createDraws({ ownDraws }: World, pid: number): SimContainer['draws'] {
  return ownDraws ? createRandom(pid) : null;
}

/** A probe that happens within this very moment: what a test asked for. */
export function probeNow(world: World, container: SimContainer): void {
  const { check } = container.task.service.plan;
  if (!check || !container.health || !isAlive(container)) return;
  container.life += 1;
  const outcome = decide(world, container, check);
  const exec = begin(world, container, check);
  const startMs = world.timeline.nowMs() - outcome.durationMs;
  end(world, container, outcome, { exec, startMs })();
}

const isAlive = (container: SimContainer) => container.state === 'running' && !container.node.frozen;

function decide(world: World, container: SimContainer, check: CheckPlan): ProbeOutcome {
  const { timeline } = world;
  const random = container.draws ?? world.random;
  const warmingUp = container.forced === null && timeline.nowMs() < container.readyAtMs;
  let failure: number | null = null;
  if (container.forced === 'fail') failure = container.failure;
  else if (container.forced === null && container.failNext > 0 && !warmingUp) {
    container.failNext -= 1;
    failure = container.failure;
  }
  const partialOutput = (warmingUp || failure !== null) && isAtLeast(container.node.release.version, '24.0');
  return decideProbe(check, {
    warmingUp,
    failure,
    chance: random.next(),
    timing: random.next(),
    partialOutput,
  });
}

function begin(world: World, container: SimContainer, check: CheckPlan): number {
  world.execs += 1;
  const exec = world.execs;
  const command = toCommand(check);
  emitContainer(world, container, `exec_create: ${command}`, { exec });
  emitContainer(world, container, `exec_start: ${command}`, { exec });
  return exec;
}

const commands = new WeakMap<CheckPlan, string>();

function toCommand(check: CheckPlan): string {
  const known = commands.get(check);
  if (known !== undefined) return known;
  const [kind, ...rest] = check.test;
  const command = `${kind === 'CMD-SHELL' ? '/bin/sh -c ' : ''}${rest.join(' ')}`;
  commands.set(check, command);
  return command;
}

/** The probe is over: says so, and gives what makes it count. */
function end(
  world: World,
  container: SimContainer,
  { exitCode, output }: ProbeOutcome,
  { exec, startMs }: { exec: number; startMs: number },
): () => void {
  // A timed out exec is killed.
  const attributes = exitCode === 0 ? PASSED : { exitCode: String(exitCode === -1 ? 137 : exitCode) };
  emitContainer(world, container, 'exec_die', { exec, attributes });
  const endMs = world.timeline.nowMs();
  return () => {
    const { check } = container.task.service.plan;
    if (!container.health || !check || container.state !== 'running') return;
    const { retries, startPeriodMs } = check;
    const rules = { retries, startPeriodMs, containerStartedAtMs: container.startedAtMs ?? startMs };
    if (applyProbe(container.health, { startMs, endMs, exitCode, output }, rules)) {
      emitContainer(world, container, `health_status: ${container.health.status}`);
      world.agent.onHealth(container);
    }
    planProbe(world, container, toPauseMs(container, endMs));
  };
}

const PASSED = Object.freeze({ exitCode: '0' });
