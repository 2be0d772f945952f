export type LogLevel = 'info' | 'warn' | 'error';

/** The only writer to the console: one line an entry, time first. Never given probe output or secrets. */
export function log(level: LogLevel, text: string): void {
  const line = `${new Date().toISOString()} ${level} ${text}`;
  if (level === 'info') console.info(line);
  else console.error(line);
}
