/** A list that may be cut: so many there are, and the first of them. */
export interface Listed<T> {
  items: T[];
  total: number;
}

/** A secret or a config, and the file that a container finds it in; `null`: it is mounted nowhere. */
export interface NamedFile {
  name: string;
  file: string | null;
}

export interface MountName {
  kind: 'bind' | 'volume' | 'tmpfs' | 'npipe' | 'cluster' | 'image' | 'unknown';
  /** The volume's name, or the folder of the node; `null`: there is none, or each container has its own. */
  source: string | null;
  target: string;
  readOnly: boolean;
}

/** What a service's spec names: never the value of a variable or a label, nor what is in a secret or a config. */
export interface SpecNames {
  env: Listed<string>;
  labels: Listed<string>;
  containerLabels: Listed<string>;
  secrets: Listed<NamedFile>;
  configs: Listed<NamedFile>;
  mounts: Listed<MountName>;
}
