/** Changes the bodies that go through a proxy: of a stream line by line, everything else as a whole. */
export function createBender(
  bend: (text: string, path: string) => string,
  path: string,
  isStream: boolean,
  send: (chunk: Buffer) => void,
) {
  const decoder = new TextDecoder();
  let rest = '';
  const flush = (text: string) => {
    if (text !== '') send(Buffer.from(bend(text, path)));
  };
  return {
    take(chunk: Buffer) {
      const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
      rest = isStream ? (lines.pop() ?? '') : lines.join('\n');
      if (isStream) for (const line of lines) flush(`${line}\n`);
    },
    end: () => flush(rest),
  };
}
