import type { NamedField } from '#lib/model/docker/spec-change.ts';

const NAMES: Record<NamedField, string> = {
  env: 'environment variables',
  serviceLabels: 'service labels',
  containerLabels: 'container labels',
  mounts: 'mounts',
  secrets: 'secrets',
  configs: 'configs',
  networks: 'networks',
  ports: 'published ports',
  constraints: 'placement constraints',
  preferences: 'placement preferences',
};

/** What a part of a spec is called. */
export function nameSpecField(field: NamedField): string {
  return NAMES[field];
}
