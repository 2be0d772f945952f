/** What says where Docker is: any of them set, and the demo keeps out of the way. */
const CONFIGURED = [
  'DOCKER_HOST',
  'VITALS_MANAGERS',
  'VITALS_ENGINES',
  'VITALS_AGENT_SERVICE',
  'VITALS_SWARMS',
];

/**
 * Whether the demo swarm is to be shown: asked for with VITALS_DEMO=1, or because nothing is configured and no Docker
 * is at the default path. A configured Docker that does not answer is shown as such, never replaced.
 */
export function wantsDemo(env: Record<string, string | undefined>, hasSocket: boolean): boolean {
  const asked = env.VITALS_DEMO?.trim() ?? '';
  if (asked !== '') return asked === '1';
  return !hasSocket && CONFIGURED.every((name) => (env[name]?.trim() ?? '') === '');
}
