import { readList, readName, readNumber, readObject } from './raw.ts';

/** As many as anybody has, and no more than a sentence holds. */
const MAX_NAMED = 20;

/** `GenericResources` of a service or a node: GPUs and the like, as `NVIDIA-GPU=4`. */
export function toGenericResources(raw: unknown): string[] {
  return readList(raw).slice(0, MAX_NAMED).flatMap(toGenericResource);
}

/** `{DiscreteResourceSpec: {Kind, Value}}` is a number of a kind, `NamedResourceSpec` one of them by name. */
function toGenericResource(raw: unknown): string[] {
  const { DiscreteResourceSpec, NamedResourceSpec } = readObject(raw);
  const { Kind, Value } = readObject(DiscreteResourceSpec ?? NamedResourceSpec);
  const kind = readName(Kind);
  const value = readNumber(Value) ?? readName(Value);
  return kind === null || value === null ? [] : [`${kind}=${value}`];
}
