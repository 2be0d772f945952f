const SHAPE = /^(\/[A-Za-z0-9][\w.~-]*)+$/;

/** What paths of ours begin with: a base path that began alike could not be distinguished from them where a proxy strips it. */
export const OWN_SEGMENTS = [
  'api',
  'events',
  'fleet',
  'incidents',
  'login',
  'matrix',
  'metrics',
  'nodes',
  'reports',
  'services',
  'silences',
  'swarms',
  'timeline',
  'wall',
] as const;

/** `VITALS_BASE_PATH`, such as `/swarm`; empty: at the root of its host, and when there is a problem with it. */
export function parseBasePath(text: string | null, problems: string[]): string {
  if (text === null || text === '/') return '';
  if (!SHAPE.test(text)) {
    problems.push(
      `VITALS_BASE_PATH: a path such as /swarm or /tools/swarm, of letters, digits and - _ . ~, with a slash at its beginning and none at its end; not "${text}".`,
    );
    return '';
  }
  const own = OWN_SEGMENTS.find((segment) => text.split('/')[1] === segment);
  if (own === undefined) return text;
  problems.push(
    `VITALS_BASE_PATH: /${own} is a path of Swarm Vitals itself, so "${text}" cannot be told from it; take another, such as /swarm.`,
  );
  return '';
}
