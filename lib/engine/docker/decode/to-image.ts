import { readText } from './raw.ts';

/** An image reference without its digest, and the digest (`sha256:…`) beside it. */
export function toImage(value: unknown): { image: string; imageDigest: string | null } {
  const reference = readText(value) ?? '';
  const at = reference.indexOf('@');
  if (at < 0) return { image: reference, imageDigest: null };
  // A bare `@sha256:…` names nothing else: keep what there is.
  return { image: reference.slice(0, at) || reference, imageDigest: reference.slice(at + 1) || null };
}
