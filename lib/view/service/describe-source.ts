import type { HealthCheckSource } from '#lib/model/docker/health-check.ts';

/** Where a health check is defined, in words. */
export function describeSource(source: HealthCheckSource): string {
  switch (source) {
    case 'image':
      return 'the image';
    case 'service':
      return 'the service';
    case 'mixed':
      return 'the image, changed in parts by the service';
    case 'unknown':
      return 'not known';
  }
}
