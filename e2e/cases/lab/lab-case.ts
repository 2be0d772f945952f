import type { Expected } from '#e2e/cases/case.ts';
import type { Lab, LabHost } from '#e2e/lab/lab.ts';

/** What a case does its work with. */
export interface Rig {
  readonly lab: Lab;
  /** Runs docker on the first manager. */
  docker(...args: string[]): Promise<string>;
  host(hostname: string): LabHost;
  /** Makes a service of this name that stays as it is when it fails. Image and command come last. */
  create(name: string, flags: string[], ...image: string[]): Promise<void>;
  /** What the product answers, as JSON. */
  read<T>(path: string): Promise<T>;
  /** The one running container of a service on a host, by its id. */
  findContainer(hostname: string, service: string): Promise<string>;
}

/** A fault that is made to happen on real engines, and what the product has to say of it. */
export interface LabCase {
  id: string;
  title: string;
  /** Makes what is well, under the case's name; without it, `strike` makes all of it. */
  prepare?(rig: Rig, name: string): Promise<unknown>;
  /** What must be so before the fault: that its service is well, if left out. `null`: there is none. */
  before?: Expected | Expected[] | null;
  strike(rig: Rig, name: string): Promise<unknown>;
  expect: Expected | Expected[];
  /** How long it may take: a limit of Docker's or of ours, and some seconds. 30 s, if left out. */
  withinMs?: number;
  /** Ends what would disturb the next cases. */
  mend?(rig: Rig, name: string): Promise<unknown>;
  /** The raw facts are of this service, if not of the case's name; `null`: of none. */
  recorded?: string | null;
}
