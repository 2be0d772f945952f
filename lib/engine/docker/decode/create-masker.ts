import { maskCommand } from '#lib/model/text/masking/mask-command.ts';
import { type MaskPattern, maskSecrets } from '#lib/model/text/masking/mask-secrets.ts';
import { toVisibleText } from '#lib/model/text/show-hidden.ts';
import { readText } from './raw.ts';

/** Takes secrets out of what was read from an engine, before anything else sees it. */
export interface Masker {
  /** A probe's output, an error: texts that come again and again. */
  text(text: string): string;
  /** A line that comes once. */
  line(text: string): string;
  /** A health check's command, in words. */
  command(words: readonly string[]): string[];
}

const MAX_KEPT = 4_096;
const MAX_KEPT_CHARS = 1_000_000;

/**
 * Masks the obvious secrets, and what matches `more`. Each inspect brings the last five probes again, mostly with the
 * output that all of them have: what a text became is kept (the newest, up to 1 MB), and given out as one string. Without
 * that, decoding a container takes several times as long, and thirty probes of ten thousand replicas take many times the
 * memory.
 *
 * @param more what else is masked; `null`: nothing is masked
 */
export function createMasker(more: readonly MaskPattern[] | null = []): Masker {
  const texts = createKept<string>();
  const commands = createKept<string[]>();
  const line = (text: string) => (more === null ? text : maskSecrets(text, more));
  return {
    line,
    text: (text) => (text === '' ? text : texts.take(text, () => line(text))),
    command: (words) =>
      commands.take(words.join('\0'), () => (more === null ? [...words] : maskCommand(words, more))),
  };
}

/** What was made of texts, the newest of it. */
function createKept<T>(): { take(text: string, make: () => T): T } {
  const kept = new Map<string, T>();
  let keptChars = 0;
  return {
    take(text, make) {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const made = make();
      kept.set(text, made);
      keptChars += text.length;
      for (const [oldest] of kept) {
        if (kept.size <= MAX_KEPT && keptChars <= MAX_KEPT_CHARS) break;
        kept.delete(oldest);
        keptChars -= oldest.length;
      }
      return made;
    },
  };
}

/** Longer than any error that Docker writes. */
const MAX_CHARS = 4_096;

/** A text in Docker's words, which may quote a command: cut, without its secrets, and nothing in it hidden. */
export function toMasked(raw: unknown, mask: Masker): string | null {
  const text = readText(raw);
  // Cut again: what is hidden in it is written out.
  return text === null ? null : toVisibleText(mask.text(text.slice(0, MAX_CHARS))).slice(0, MAX_CHARS);
}
