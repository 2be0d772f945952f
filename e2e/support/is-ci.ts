/** In CI nothing may be left out for what a machine lacks. */
export const isCi = !['', '0', 'false'].includes(process.env.CI ?? '');

/** `npm run test:quick`: nothing is installed, and what this machine lacks for is left out, in CI too. */
export const isQuick = process.env.VITALS_TEST_QUICK === '1';
