/** Prints a measured value among the test results. */
export function print(text: string): void {
  process.stdout.write(`        ${text}\n`);
}
