import { SIGN_IN_PATHS } from '#lib/server/access/answer-sign-in.ts';

/** Whether this process is up; nothing of the swarm, and its numbers to those alone who are let in. */
export const HEALTH_PATH = '/api/healthz';

/** What is answered in front of Next, and has no file under `app/`. */
export const FRONT_PATHS: readonly string[] = [...SIGN_IN_PATHS, HEALTH_PATH];
