import type { Service } from '#lib/model/docker/service.ts';
import { maskText } from '#lib/model/text/masking/mask-text.ts';
import { toVisibleName } from '#lib/model/text/show-hidden.ts';
import { readCount, readList, readName, readObject, readTexts } from './raw.ts';

const MAX_PREFERENCES = 20;
const MAX_PLATFORMS = 20;

/** `TaskTemplate.Placement` of a service. */
export function toPlacement(
  raw: unknown,
): Pick<Service, 'constraints' | 'preferences' | 'maxPerNode' | 'platforms'> {
  const placement = readObject(raw);
  return {
    constraints: toConstraints(placement.Constraints),
    preferences: toPreferences(placement.Preferences),
    maxPerNode: readCount(placement.MaxReplicas) || null,
    platforms: toPlatforms(placement.Platforms),
  };
}

/** The value of a label may be a secret, here as where the node lists it. */
export function toConstraints(raw: unknown): string[] {
  return readTexts(raw).map((text) => maskText(toVisibleName(text)));
}

/** In Docker's words: `spread over node.labels.rack`. */
export function toPreferences(raw: unknown): string[] {
  return readList(raw)
    .slice(0, MAX_PREFERENCES)
    .flatMap((one) => {
      const by = readName(readObject(readObject(one).Spread).SpreadDescriptor);
      return by === null ? [] : [`spread over ${maskText(by)}`];
    });
}

/** Filled in by the client, where it could ask the registry; attestations come as `unknown/unknown`. */
function toPlatforms(raw: unknown): string[] {
  const names = readList(raw)
    .slice(0, MAX_PLATFORMS)
    .flatMap((one) => {
      const { OS, Architecture } = readObject(one);
      const os = readName(OS);
      const architecture = readName(Architecture);
      if (os === null && architecture === null) return [];
      return [[os, architecture].filter((part) => part !== null).join('/')];
    });
  return [...new Set(names)].filter((name) => name !== 'unknown/unknown');
}
