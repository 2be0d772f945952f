import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { eachSecond } from '#lib/flow/each-second.ts';
import { createLane } from './create-lane.ts';
import { createPool } from './create-pool.ts';
import {
  MAX_ADMITTED,
  MAX_CONNECTIONS_A_TURN,
  MAX_PIPELINED,
  MAX_STRANGERS,
  MAX_UNSENT_BYTES,
} from './limits.ts';
import { screenAhead } from './screen-ahead.ts';
import { toParty } from './to-party.ts';

export interface Connection {
  readonly socket: Socket;
  /** The address at its other end. */
  readonly party: string;
  /** Somebody whom we know has sent a request over it. */
  isAdmitted: boolean;
  underWay: number;
  /** A request over it is whole, and what it shows is weighed: it may wait for a turn to try a password. */
  isWeighed: boolean;
  /** A request over it had its turn, where everybody is let in. */
  isAnswered: boolean;
  /** What is to be done when a request under way is over. */
  readonly endings: Set<() => void>;
  /** Takes the connection away from Node's parser. */
  readonly stop: () => void;
}

/** A request that is whole. */
export interface Caller {
  request: IncomingMessage;
  response: ServerResponse;
  connection: Connection;
}

/** All connections to this server, bounded: those of strangers apart from those of people that were admitted. */
export interface Connections {
  add(socket: Socket): void;
  find(socket: Socket): Connection | null;
  /** @returns `false` when there are too many requests on this connection, which is closed then */
  begin(connection: Connection, response: ServerResponse): boolean;
  /** Calls `end` once, when the answer is over or the connection is: Node emits that for the first answer in line alone. */
  whenOver(connection: Connection, response: ServerResponse, end: () => void): void;
  /** @param holder whom it counts for (`Admission`); `null`: the address at its other end */
  admit(connection: Connection, holder: string | null): void;
  close(): void;
}

const SENT_AHEAD = 'too many requests were sent ahead';

/** @param onClosed called with why a connection was closed */
export function createConnections(onClosed: (why: string) => void): Connections {
  const known = new Map<Socket, Connection>();
  const ofResponse = new WeakMap<ServerResponse, (() => void)[]>();
  const strangers = createPool(MAX_STRANGERS, toRank);
  const admitted = createPool(MAX_ADMITTED, toRank);
  const first = createLane(MAX_CONNECTIONS_A_TURN, MAX_STRANGERS + MAX_ADMITTED);
  const weighing = eachSecond(() => {
    for (const socket of findHeaviest([...known.keys()], MAX_UNSENT_BYTES))
      drop(socket, 'too much was unsent');
  });

  function drop(socket: Socket | undefined, why: string): void {
    if (socket === undefined) return;
    onClosed(why);
    socket.destroy();
  }

  function whenOver({ endings }: Connection, response: ServerResponse, end: () => void): void {
    const once = () => {
      if (endings.delete(once)) end();
    };
    endings.add(once);
    const known = ofResponse.get(response);
    if (known !== undefined) {
      known.push(once);
      return;
    }
    // One listener for all of them: more than ten Node takes for a leak, and says so in the log.
    const all = [once];
    ofResponse.set(response, all);
    response.once('close', () => {
      for (const one of all) one();
    });
  }

  return {
    add(socket) {
      const party = toParty(socket.remoteAddress ?? '');
      const stop = screenAhead(socket, MAX_PIPELINED, () => drop(socket, SENT_AHEAD));
      const connection: Connection = {
        socket,
        party,
        isAdmitted: false,
        underWay: 0,
        isWeighed: false,
        isAnswered: false,
        endings: new Set(),
        stop,
      };
      known.set(socket, connection);
      socket.pause();
      const leave = first.enter(
        party,
        () => void socket.resume(),
        () => drop(socket, 'there were too many'),
      );
      socket.once('close', () => {
        leave();
        known.delete(socket);
        strangers.delete(connection);
        admitted.delete(connection);
        for (const end of connection.endings) end();
      });
      drop(strangers.add(connection, party)?.socket, 'there were too many of strangers');
    },
    find: (socket) => known.get(socket) ?? null,
    begin(connection, response) {
      connection.underWay += 1;
      if (connection.underWay > MAX_PIPELINED) {
        drop(connection.socket, SENT_AHEAD);
        return false;
      }
      whenOver(connection, response, () => {
        connection.underWay -= 1;
      });
      return true;
    },
    whenOver,
    admit(connection, holder) {
      if (connection.isAdmitted || !known.has(connection.socket)) return;
      connection.isAdmitted = true;
      strangers.delete(connection);
      drop(admitted.add(connection, holder ?? connection.party)?.socket, 'there were too many');
    },
    close: weighing.cancel,
  };
}

/** Whoever waits to be let in can wait for a minute, and anybody can have a thousand slow requests on their way meanwhile. */
function toRank({ underWay, isWeighed }: Connection): number {
  if (underWay === 0) return 0;
  return isWeighed ? 2 : 1;
}

/** Those with the most bytes unsent, so many that the others together have less than `maxBytes`. */
function findHeaviest(sockets: readonly Socket[], maxBytes: number): Socket[] {
  const unsent = sockets.map((socket) => ({ socket, bytes: socket.writableLength }));
  let total = unsent.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= maxBytes) return [];
  const heaviest: Socket[] = [];
  for (const { socket, bytes } of unsent.sort((a, b) => b.bytes - a.bytes)) {
    if (total <= maxBytes) break;
    heaviest.push(socket);
    total -= bytes;
  }
  return heaviest;
}
