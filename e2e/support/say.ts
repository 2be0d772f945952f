/** Prints a measured value among the test results. */
export function say(text: string): void {
  process.stdout.write(`        ${text}\n`);
}
