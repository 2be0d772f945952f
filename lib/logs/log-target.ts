/** A container of the swarm whose log may be read: it is the one of a task in our picture. */
export interface LogTarget {
  taskId: string;
  containerId: string;
  nodeId: string;
  hostname: string | null;
  /** Of its replica. */
  key: string;
  slot: number | null;
}
