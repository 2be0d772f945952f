import { usePathname } from 'next/navigation';
import { toOwnPath } from '#lib/view/links/to-own-path.ts';

/** Which page this is, without the base path: `/nodes`. */
export function usePagePath(): string {
  return toOwnPath(usePathname());
}
