import { maskSecrets } from './mask-secrets.ts';

/** A command in words, as `HEALTHCHECK CMD ["redis-cli", "-a", "…"]` has it: a secret may be a word of its own. */
export function maskCommand(words: readonly string[], more: readonly RegExp[] = []): string[] {
  return words.map((word, index) => {
    const alone = maskSecrets(word, more);
    if (alone !== word || index === 0) return alone;
    const line = [...words.slice(0, index), word].map((one) => one.replaceAll(/\s/g, '_')).join(' ');
    const last = maskSecrets(line, more).split(' ').at(-1) ?? '';
    return line.endsWith(` ${last}`) ? word : last;
  });
}
