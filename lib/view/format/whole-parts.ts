/**
 * A sentence of ours, and shorter ones that are whole parts of it, the longest first: without what stands in brackets, up to
 * a full stop or a semicolon, without the place before its first colon, then up to a comma or a colon. Where there is too
 * little room for it, one of these is said instead of cutting it.
 */
export function listWholeParts(sentence: string): string[] {
  const placeless = capitalise(sentence.replace(/^[^:;.]{1,60}: /, ''));
  const texts = [sentence, placeless].flatMap((text) => [text, text.replace(/ \([^()]*\)/g, '')]);
  const byLength = (a: string, b: string) => b.length - a.length;
  return [
    ...[...texts, ...texts.flatMap((text) => listPrefixes(text, /[.;](?= )/g))].sort(byLength),
    ...texts
      .slice(2)
      .flatMap((text) => [
        // What stands before a `but` is no whole: it may say the opposite.
        ...listPrefixes(text, /,(?= (?!but ))/g),
        // `Failed 4 times in 2 min, the last time` is no whole: it ends before its comma.
        ...listPrefixes(text, /:(?= )/g).filter((part) => !/, [^.;]*$/.test(part)),
      ])
      .sort(byLength),
  ];
}

/** The longest whole part of at most so many characters; the shortest there is where none is that short. */
export function chooseWholePart(sentence: string, maxChars: number): string {
  const parts = listWholeParts(sentence);
  return parts.find(({ length }) => length <= maxChars) ?? parts.at(-1) ?? sentence;
}

/** One sentence or a part of one has no full stop, as a title; of several each has its own. */
export function endSentences(text: string): string {
  const bare = text.replace(/\.$/, '');
  return /[.?!] [\p{Lu}\d]/u.test(bare) ? `${bare}.` : bare;
}

/** What stands before each of these signs, without the sign; not within brackets. */
function listPrefixes(text: string, signs: RegExp): string[] {
  return [...text.matchAll(signs)]
    .map(({ index }) => text.slice(0, index))
    .filter((part) => part.lastIndexOf('(') <= part.lastIndexOf(')'));
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
