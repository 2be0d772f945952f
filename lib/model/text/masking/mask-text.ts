import { type MaskPattern, maskSecrets } from './mask-secrets.ts';

const KEY = Symbol.for('swarm-vitals-mask');
const shared = globalThis as { [KEY]?: readonly MaskPattern[] };

/** What this process masks besides the obvious secrets (`VITALS_MASK`). The settings say it, once, at the start. */
export function setMaskPatterns(patterns: readonly MaskPattern[]): void {
  shared[KEY] = patterns;
}

export function maskPatterns(): readonly MaskPattern[] {
  return shared[KEY] ?? [];
}

/**
 * A text that leaves this process in some other way than as what a container said: an engine's error, a line of our own
 * log, what an agent answers. It is without the obvious secrets and without what the operator's patterns match, so that no
 * way out knows less of them than another.
 */
export function maskText(text: string): string {
  return maskSecrets(text, maskPatterns());
}
