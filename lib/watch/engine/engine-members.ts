import type { EngineClient } from '#lib/engine/port.ts';
import type { EngineWatch } from './create-engine-watch.ts';

/** One way to an engine, and who watches there. */
export interface Member {
  /** `null`: no client could be made for it. */
  watch: EngineWatch | null;
  client: EngineClient | null;
  /** `null` when the client is not ours to close. */
  ownClient: EngineClient | null;
  /** Whom it must lead to; `null`: any node of the swarm. */
  expected: ReadonlySet<string> | null;
}

/** The ways to engines that are watched, each once. */
export interface EngineMembers {
  readonly all: ReadonlyMap<string, Member>;
  /**
   * Starts to watch there.
   *
   * @param given a client that is somebody else's; `null`: one is made, and closed with the member
   */
  add(endpoint: string, given: EngineClient | null, expected: Member['expected']): void;
  /** Ends that. @returns its name for people, without credentials, and the node that was read there */
  remove(endpoint: string, member: Member): { shown: string; nodeId: string | null };
  /** How many containers are known of all of them. */
  countContainers(): number;
  close(): void;
}

export function createEngineMembers({
  makeClient,
  startWatch,
  onNoClient,
}: {
  /** May throw. */
  makeClient(endpoint: string): EngineClient;
  startWatch(endpoint: string, client: EngineClient): EngineWatch;
  onNoClient(endpoint: string, error: unknown): void;
}): EngineMembers {
  const members = new Map<string, Member>();

  function end({ watch, ownClient }: Member): void {
    watch?.close();
    ownClient?.close();
  }

  return {
    all: members,
    add(endpoint, given, expected) {
      const member: Member = { watch: null, client: null, ownClient: null, expected };
      members.set(endpoint, member);
      try {
        const client = given ?? makeClient(endpoint);
        member.client = client;
        if (!given) member.ownClient = client;
        member.watch = startWatch(endpoint, client);
      } catch (error) {
        onNoClient(endpoint, error);
      }
    },
    remove(endpoint, member) {
      members.delete(endpoint);
      const shown = member.watch?.endpoint ?? endpoint;
      const nodeId = member.watch?.nodeId() ?? null;
      end(member);
      return { shown, nodeId };
    },
    countContainers() {
      let count = 0;
      for (const { watch } of members.values()) count += watch?.count() ?? 0;
      return count;
    },
    close() {
      for (const member of members.values()) end(member);
      members.clear();
    },
  };
}
