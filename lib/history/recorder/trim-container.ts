import type { Container } from '#lib/model/docker/container.ts';

/** Of the outputs in a dead container's own log so much is kept here; the probes themselves are kept whole elsewhere. */
const OUTPUT_CHARS = 1_000;

/** A container as it is kept beside its task: its probes only when it is dead, for they tell why. */
export function trimContainer(container: Container, ended: boolean): Container {
  const { health } = container;
  if (health === null) return container;
  const probes = ended ? health.probes : [];
  return {
    ...container,
    health: {
      ...health,
      probes: probes.map((probe) =>
        probe.output.length > OUTPUT_CHARS
          ? { ...probe, output: probe.output.slice(0, OUTPUT_CHARS), truncated: true }
          : probe,
      ),
    },
  };
}
