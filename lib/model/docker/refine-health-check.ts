import type { HealthCheck } from './health-check.ts';
import type { Service } from './service.ts';

/**
 * Says who defined the check. The engine merges image and service field by field (moby daemon/commit.go, merge), so a
 * service that sets the command is taken as its author, and one that sets only some other fields as a co-author.
 */
export function refineHealthCheck(check: HealthCheck | null, service: Service): HealthCheck | null {
  if (check === null) return null;
  const override = service.healthCheck;
  const source =
    override === null || Object.values(override).every((field) => field === null)
      ? 'image'
      : override.test !== null
        ? 'service'
        : 'mixed';
  return source === check.source ? check : { ...check, source };
}
