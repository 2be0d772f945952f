/**
 * Orders text with its numbers by value (`node2` before `node10`), the same on every machine and in every browser:
 * by code unit, without a locale.
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = left[i] as string;
    const y = right[i] as string;
    if (x === y) continue;
    if (isDigits(x) && isDigits(y)) {
      const byValue = Number(x) - Number(y);
      if (byValue !== 0) return byValue;
    } else return x < y ? -1 : 1;
  }
  return left.length - right.length || (a < b ? -1 : 1);
}

function isDigits(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 48 && code <= 57;
}
