/** Preloaded into a program (`NODE_OPTIONS=--import`): at SIGUSR2 its event loop stands still for so many seconds. */
process.on('SIGUSR2', () => {
  const untilMs = performance.now() + 1_000 * Number(process.env.TEST_HOLD_SECONDS);
  while (performance.now() < untilMs);
});
