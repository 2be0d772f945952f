/** An engine saw something that changes what the manager will say of a service's tasks, soon. */
export interface Hint {
  /** `null` when the container is not known well enough; then its task is. */
  serviceId: string | null;
  taskId: string | null;
}
