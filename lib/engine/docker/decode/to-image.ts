import { hideLogin } from '#lib/model/text/masking/hide-login.ts';
import { readName } from './raw.ts';

/** An image reference without its digest, and the digest (`sha256:…`) beside it. */
export function toImage(value: unknown): { image: string; imageDigest: string | null } {
  const reference = hideLogin(readName(value) ?? '');
  const at = reference.lastIndexOf('@');
  if (at < 0 || !DIGEST.test(reference.slice(at + 1))) return { image: reference, imageDigest: null };
  // A bare `@sha256:…` names nothing else: keep what there is.
  return { image: reference.slice(0, at) || reference, imageDigest: reference.slice(at + 1) };
}

/** `sha256:…`, and whatever else a registry may call one. */
const DIGEST = /^[a-z0-9+._-]{1,32}:[0-9a-zA-Z=_-]{1,256}$/i;
