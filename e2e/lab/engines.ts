/** A Linux distribution that debootstrap can make, and that has a Docker engine of a certain age. */
export interface Distribution {
  /** For people: `Debian sid`. */
  title: string;
  suite: string;
  mirror: string;
  components: string;
  /** Besides the engine and what it needs. */
  packages: string[];
  /** Which of debootstrap's scripts makes it, when debootstrap is older than the distribution. */
  script: string;
  /** Where its archive's keys are: in another engine's root, whose own archive vouches for them. Null: on this machine. */
  keys: { engine: MadeEngine; file: string } | null;
}

const debian = (title: string, suite: string, packages: string[] = []): Distribution => ({
  title,
  suite,
  mirror: 'http://deb.debian.org/debian',
  components: 'main',
  packages,
  script: 'sid',
  keys: null,
});

/** The engines that a lab can make for itself, by their major version. */
export const madeEngines: Record<MadeEngine, Distribution> = {
  '20': debian('Debian bookworm', 'bookworm'),
  '26': debian('Debian trixie', 'trixie'),
  '28': debian('Debian sid', 'sid', ['ubuntu-keyring']),
  '29': {
    title: 'Ubuntu 26.04',
    suite: 'resolute',
    mirror:
      process.arch === 'x64' ? 'http://archive.ubuntu.com/ubuntu' : 'http://ports.ubuntu.com/ubuntu-ports',
    components: 'main,universe',
    packages: [],
    script: 'gutsy',
    keys: { engine: '28', file: 'usr/share/keyrings/ubuntu-archive-keyring.gpg' },
  },
};

/** By the major version of its dockerd. */
export type MadeEngine = '20' | '26' | '28' | '29';

/** What a host of a lab runs: this machine's own dockerd, or one that the lab made. */
export type LabEngine = 'own' | MadeEngine;

/** What `mixed` stands for: the oldest on the first host, which is a manager, the newest on the others. */
const MIXED: LabEngine[] = ['20', '28', '29'];

/**
 * Reads which engine each host shall run: `own`, `28`, `20,28,28`, `mixed`. A list that is shorter than the lab
 * begins again.
 * @returns one for each host
 * @throws when one of them is none that a lab can have
 */
export function parseEngines(text: string, hosts: number): LabEngine[] {
  const wanted = text === 'mixed' ? MIXED : text.split(',').map((one) => parseEngine(one.trim()));
  return Array.from({ length: hosts }, (_, i) => wanted[i % wanted.length] ?? 'own');
}

function parseEngine(text: string): LabEngine {
  if (text === 'own' || isMade(text)) return text;
  const known = ['own', ...Object.keys(madeEngines), 'mixed'].join(', ');
  throw new Error(`"${text}" is no engine that a lab can have: ${known}, or a list such as 20,28,28.`);
}

function isMade(text: string): text is MadeEngine {
  return Object.hasOwn(madeEngines, text);
}
