import type { Container } from './container.ts';
import type { Service } from './service.ts';
import type { Task } from './task.ts';

/** One task that ended, as the rules about ends see it. */
export interface TaskEnd {
  service: Service;
  task: Task;
  /** Its dead container, or what is remembered of it. */
  container: Container | null;
}
