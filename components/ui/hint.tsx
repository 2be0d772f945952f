/** What to do next, under the sentence that says why. */
export function Hint({ text }: { text: string | null }) {
  return text === null ? null : <p className="next-step">{text}</p>;
}
