import { measureDistance } from '#lib/model/text/measure-distance.ts';
import { ALL_SETTINGS } from './settings.ts';

/** A name farther than this from every setting is something else's. */
const MAX_DISTANCE = 4;
/** Read by the tests, and by whoever deploys `stack.yml`. */
const OTHERS = /^VITALS_(TEST_.*|IMAGE)$/;

/**
 * Names the variables that look like settings and are none, each with the setting that was probably meant: a sentence
 * each. A setting that only the other program reads is one: both are in one image.
 */
export function findUnknownSettings(env: Record<string, string | undefined>): string[] {
  const known: string[] = ALL_SETTINGS.flatMap(([name, { secret }]) =>
    secret ? [name, `${name}_FILE`] : [name],
  );
  return Object.keys(env)
    .filter((name) => name.startsWith('VITALS_') && !known.includes(name) && !OTHERS.test(name))
    .toSorted()
    .map((name) => {
      const [nearest] = known
        .map((candidate) => ({ candidate, distance: measureDistance(name, candidate) }))
        .filter(({ distance }) => distance <= MAX_DISTANCE)
        .toSorted((a, b) => a.distance - b.distance);
      return `${name} is no setting of Swarm Vitals${nearest ? `: did you mean ${nearest.candidate}?` : '.'}`;
    });
}
