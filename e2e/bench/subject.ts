/** One replica that the control endpoint can reach. */
export interface Target {
  service: string;
  slot: string;
}

/** A dashboard that is measured, and the button that makes something change behind it. */
export interface Subject {
  url: string;
  /** Base URL of a demo swarm's control endpoint, or of something that takes the same commands. */
  control: string;
  /** CSS of a replica's element; `{service}` and `{slot}` stand for its own. */
  selector: string;
  /** CSS of any replica's element: the first one that a page shows. */
  anySelector: string;
  /** Whether its pages say that they are live, as ours do: `html[data-live="live"]`. */
  marksLive: boolean;
  /** Replicas with a health check, all well, in a fixed random order. */
  targets: readonly Target[];
  /** The server's process; null when it is not ours. */
  pid: number | null;
}

/** CSS of this replica's element. */
export function toSelector({ selector }: Pick<Subject, 'selector'>, { service, slot }: Target): string {
  return selector.replaceAll('{service}', service).replaceAll('{slot}', slot);
}

/** Of so many replicas a picture is 20 MB and more, and one answer takes a good part of a second. */
export const isLarge = ({ targets }: Pick<Subject, 'targets'>): boolean => targets.length > 20_000;
