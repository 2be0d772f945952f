import { HOST_CHAPTERS } from './host-steps.ts';
import type { Chapter } from './incident-step.ts';
import { MANAGER_CHAPTERS } from './manager-steps.ts';
import { SERVICE_STEPS } from './service-steps.ts';

/** One after the other. Of five hosts the first three are managers, and the disk of the last is small. */
export const CHAPTERS: Chapter[] = [
  { id: 'services', steps: SERVICE_STEPS },
  ...HOST_CHAPTERS,
  ...MANAGER_CHAPTERS,
];
