import { TASK_STATES, type Task } from '#lib/model/docker/task.ts';
import { type Masker, toMasked } from './create-masker.ts';
import type { SpecKeys } from './create-spec-keys.ts';
import {
  isDockerObject,
  readCount,
  readId,
  readList,
  readName,
  readNumber,
  readObject,
  readOneOf,
  readTexts,
} from './raw.ts';
import { toTimeMs } from './times.ts';
import { toImage } from './to-image.ts';

const MAX_NETWORKS = 64;
const MAX_ADDRESSES = 8;
const MAX_ADDRESS_CHARS = 64;

/** One entry of `GET /tasks`; `null` without an id or a service (network attachments have none). */
export function toTask(
  raw: unknown,
  skewMs: number,
  mask: Masker,
  specKeys: SpecKeys | null = null,
): Task | null {
  const task = readObject(raw);
  const id = readId(task.ID);
  const serviceId = readId(task.ServiceID);
  if (id === null || serviceId === null) return null;
  const status = readObject(task.Status);
  const container = readObject(status.ContainerStatus);
  const state = readOneOf(status.State, TASK_STATES) ?? 'unknown';
  const desiredState = readOneOf(task.DesiredState, TASK_STATES) ?? 'unknown';
  const message = toMasked(status.Message, mask) ?? '';
  const word =
    state === 'unknown'
      ? readName(status.State)
      : desiredState === 'unknown'
        ? readName(task.DesiredState)
        : null;
  return {
    id,
    serviceId,
    slot: readCount(task.Slot) || null,
    nodeId: readId(task.NodeID),
    state,
    desiredState,
    stateAtMs: toTimeMs(status.Timestamp, skewMs),
    message: word === null ? message : [word, message].filter((text) => text !== '').join(': '),
    error: toMasked(status.Err, mask),
    containerId: readId(container.ContainerID),
    exitCode: readNumber(container.ExitCode),
    ...toKnownImage(readObject(readObject(task.Spec).ContainerSpec).Image),
    specKey: specKeys?.of(id, task.Spec) ?? null,
    // The first iteration of a job comes as `{}`, which is not "no job".
    jobIteration: isDockerObject(task.JobIteration) ? (readCount(task.JobIteration.Index) ?? 0) : null,
    createdAtMs: toTimeMs(task.CreatedAt, skewMs),
    updatedAtMs: toTimeMs(task.UpdatedAt, skewMs),
    versionIndex: readCount(readObject(task.Version).Index),
    ...toAttachments(task.NetworksAttachments),
  };
}

/** A service's tasks are all in the same networks, and of few images: each id and digest is kept once. */
const knownIds = new Map<string, string>();
const MAX_KNOWN_IDS = 10_000;

function toKnownImage(raw: unknown): Pick<Task, 'image' | 'imageDigest'> {
  const { image, imageDigest } = toImage(raw);
  return { image, imageDigest: imageDigest === null ? null : toKnown(imageDigest) };
}

function toAttachments(raw: unknown): Pick<Task, 'addresses' | 'networkIds'> {
  const addresses: string[] = [];
  const networkIds: (string | null)[] = [];
  for (const attachment of readList(raw).slice(0, MAX_NETWORKS)) {
    const { Network, Addresses } = readObject(attachment);
    const id = readId(readObject(Network).ID);
    for (const address of readTexts(Addresses).slice(0, MAX_ADDRESSES)) {
      addresses.push(address.slice(0, MAX_ADDRESS_CHARS).replace(/\/\d+$/, ''));
      networkIds.push(id === null ? null : toKnown(id));
    }
  }
  return { addresses, networkIds };
}

function toKnown(id: string): string {
  const known = knownIds.get(id);
  if (known !== undefined) return known;
  if (knownIds.size >= MAX_KNOWN_IDS) knownIds.clear();
  knownIds.set(id, id);
  return id;
}
