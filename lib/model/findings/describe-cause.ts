import type { Cause } from '#lib/model/contract/diagnosis.ts';

/** How tasks ended, after their number: `3 tasks` … `were killed for their health`. */
export function describeCause(cause: Cause, count: number): string {
  const were = count === 1 ? 'was' : 'were';
  const their = count === 1 ? 'its' : 'their';
  switch (cause) {
    case 'killed-for-health':
      return `${were} killed for ${their} health`;
    case 'out-of-memory':
      return 'ran out of memory';
    case 'exit-code':
      return 'ended with an error';
    case 'image-missing':
      return 'had no image to run';
    case 'command-cannot-start':
    case 'probe-command':
      return 'could not start';
    case 'port-in-use':
      return 'found the port taken';
    case 'mount-missing':
      return 'had no mount';
    case 'secret-missing':
      return 'had no secret or config';
    case 'network-failed':
      return 'had no network';
    case 'container-gone':
      return `lost ${their} container`;
    case 'node-down':
    case 'orphaned':
      return `${were} lost with ${their} node`;
    default:
      return 'ended';
  }
}
