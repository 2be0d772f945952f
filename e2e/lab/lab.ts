import type { LabEngine } from './engines.ts';
import type { images } from './images.ts';

/** One machine of a lab: a Docker engine with its own network, hostname, mounts and cgroup. */
export interface LabHost {
  /** Its place in the lab, from 1. */
  readonly number: number;
  /** Its hostname, which is its node's name in the swarm: `docker01`, `docker02`, … */
  readonly name: string;
  readonly hostname: string;
  /** The Docker engine that it runs. */
  readonly engine: LabEngine;
  /** Its IPv4 address, reachable from this machine. */
  readonly address: string;
  /** Its engine over TCP: `tcp://ADDRESS:2375`. */
  readonly tcp: string;
  /** The path of its engine's unix socket. */
  readonly socket: string;
  /** The path of its engine's log. */
  readonly log: string;
  /** The process id of its engine, or null while it does not run. */
  readonly pid: number | null;
  /** The docker command that this engine understands, pointed at it; what docker shall do follows. */
  readonly dockerCommand: readonly [string, ...string[]];
  /** Runs the docker command against this host; gives what it printed, without the last line end. */
  docker(...args: string[]): Promise<string>;
  /** Power loss: silent on the network from this moment until `start`, and every process of the host gone. */
  kill(): Promise<void>;
  /** Ends the engine as a shutdown would, and its containers with it. The network stays: it refuses connections. */
  stop(): Promise<void>;
  /**
   * Starts the engine again after `kill` or `stop`; done when it answers, which is before the swarm says ready.
   * @param env more variables for its environment: `TZ`
   */
  start(env?: Record<string, string>): Promise<void>;
  /** `stop`, then `start`. */
  restart(): Promise<void>;
  /** Stops the engine's process in its tracks (SIGSTOP): it accepts connections and never answers. */
  freeze(): Promise<void>;
  /** Undoes `freeze`. */
  thaw(): Promise<void>;
  /** Pulls the network cable. */
  cut(): Promise<void>;
  /** Undoes `cut`. */
  mend(): Promise<void>;
}

/** A real Docker swarm of several hosts on one machine. */
export interface Lab {
  readonly name: string;
  readonly hosts: readonly LabHost[];
  /** The first host, which made the swarm. */
  readonly manager: LabHost;
  /** The hosts that were made managers, the first one among them. */
  readonly managers: readonly LabHost[];
  /** The images that every host has. */
  readonly images: typeof images;
  /** The settings that point Swarm Vitals at this lab. */
  readonly env: { readonly VITALS_MANAGERS: string; readonly VITALS_ENGINES: string };
  /** Takes the lab down and leaves nothing behind. May be called more than once. */
  down(): Promise<void>;
}
