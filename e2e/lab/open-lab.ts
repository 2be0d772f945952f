import { images } from './images.ts';
import type { Lab } from './lab.ts';
import { type LabState, readLabState } from './lab-files.ts';
import { openHost } from './open-host.ts';
import { removeLab } from './remove-lab.ts';
import { toLabNames } from './to-lab-names.ts';

/** A handle on a lab that is up, in whatever process it was made; `null` when there is none of that name. */
export function openLab(name: string): Lab | null {
  const state = readLabState(toLabNames(name));
  return state && toLab(name, state);
}

/** A handle on a lab in this state. */
export function toLab(name: string, { network, hosts, managers, engines = [] }: LabState): Lab {
  const names = toLabNames(name);
  const all = Array.from({ length: hosts }, (_, i) => openHost(names, i + 1, network, engines[i] ?? 'own'));
  const [manager] = all;
  if (!manager) throw new Error('A lab has at least one host.');
  const ofManagers = all.slice(0, managers);
  return {
    name,
    hosts: all,
    manager,
    managers: ofManagers,
    images,
    env: {
      VITALS_MANAGERS: ofManagers.map((host) => host.tcp).join(','),
      VITALS_ENGINES: 'tcp://{addr}:2375',
    },
    down: () => removeLab(name),
  };
}
