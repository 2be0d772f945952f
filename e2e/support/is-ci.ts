/** In CI nothing may be left out for what a machine lacks. */
export const isCi = !['', '0', 'false'].includes(process.env.CI ?? '');
