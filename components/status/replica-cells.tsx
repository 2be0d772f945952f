import type { Replica } from '#lib/model/picture.ts';
import { toReplicaHref } from '#lib/view/to-href.ts';
import { toReplicaName } from '#lib/view/to-replica-name.ts';
import { ReplicaCell } from './replica-cell.tsx';

interface ReplicaCellsProps {
  serviceName: string;
  replicas: readonly Replica[];
  /** These are not the replicas' own elements but repeat them. */
  repeated?: boolean;
}

/** All replicas of a service as cells. */
export function ReplicaCells({ serviceName, replicas, repeated = false }: ReplicaCellsProps) {
  return (
    <span className="cells">
      {replicas.map((replica) => (
        <ReplicaCell
          key={replica.key}
          id={repeated ? null : `${serviceName}.${replica.key}`}
          href={toReplicaHref(serviceName, replica.key)}
          name={toReplicaName(replica)}
          hostname={replica.hostname}
          status={replica.status}
          streak={
            replica.health === null || replica.health.failingStreak === 0
              ? null
              : `${replica.health.failingStreak} of ${replica.health.retries} allowed failures`
          }
        />
      ))}
    </span>
  );
}
