import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { LabEngine } from './engines.ts';
import type { LabNames } from './to-lab-names.ts';

/** What a running lab keeps on disk, so that another process can use it or take it down. */
export interface LabState {
  /** The second and third byte of its network: 10.A.B.0/24. */
  network: [number, number];
  hosts: number;
  managers: number;
  /** What each host runs, in their order; absent in a lab of an earlier version, whose hosts all run `own`. */
  engines?: LabEngine[];
}

/** @returns null when no lab of that name is up */
export function readLabState(names: LabNames): LabState | null {
  if (!existsSync(names.stateFile)) return null;
  return JSON.parse(readFileSync(names.stateFile, 'utf8')) as LabState;
}

export function writeLabState(names: LabNames, state: LabState): void {
  mkdirSync(names.folder, { recursive: true });
  writeFileSync(names.stateFile, JSON.stringify(state));
}
