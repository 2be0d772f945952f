/** Things of a spec that have names: whose values are compared where they are read, and go no further. The weightiest first. */
export const NAMED_FIELDS = [
  'env',
  'mounts',
  'secrets',
  'configs',
  'networks',
  'ports',
  'constraints',
  'preferences',
  'containerLabels',
  'serviceLabels',
] as const;

export type NamedField = (typeof NAMED_FIELDS)[number];

/** Which names came, went, or have another value now. */
export interface NameChanges {
  added: string[];
  removed: string[];
  changed: string[];
}

export type SpecUnit = 'text' | 'count' | 'ms' | 'bytes' | 'nanoCpu' | 'ratio';

/** One difference between the spec before and the present one. */
export type SpecChange =
  | {
      kind: 'value';
      /** In words, e.g. `image`, `check interval`. */
      field: string;
      unit: SpecUnit;
      /** `null`: not set. */
      before: string | number | null;
      after: string | number | null;
    }
  | ({ kind: 'names'; field: NamedField } & NameChanges)
  /** It changed; what it is may hold secrets, and is not shown. */
  | { kind: 'hidden'; field: 'command' | 'health check command' | 'something else' };

/** What only the reader of the specs can tell, without any value. */
export interface HiddenChanges {
  /** Command, arguments or working folder. */
  command: boolean;
  checkCommand: boolean;
  /** The specs differ at all. */
  any: boolean;
  names: Partial<Record<Exclude<NamedField, 'constraints' | 'preferences'>, NameChanges>>;
}
