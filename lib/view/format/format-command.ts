/** A health check's command as it is typed: `["CMD-SHELL", "curl -f localhost"]` is `curl -f localhost`. */
export function formatCommand(test: string[]): string {
  const [kind, ...words] = test;
  if (kind === 'CMD-SHELL') return words.join(' ');
  const command = kind === 'CMD' ? words : test;
  return command
    .map((word) => (word === '' || /[\s"'\\$]/.test(word) ? JSON.stringify(word) : word))
    .join(' ');
}
