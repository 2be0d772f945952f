import { join } from 'node:path';
import { root } from './root.ts';

/** Whose build is tested: of another checkout where that is set, to see whether a test fails on it (`npm run test:guards`). */
export const CHECKOUT = process.env.VITALS_TEST_BUILD ?? root;
/** What the image runs. */
export const ENTER = join(CHECKOUT, '.next/standalone/lib/image/enter.js');
/** The image's health check. */
export const CHECK = join(CHECKOUT, 'lib/image/check.sh');
