/** Of CRC-32 as gzip has it, its bits the other way around. */
const POLYNOMIAL = 0xedb88320;
const ONE = 0x80000000;

/** The product of two polynomials modulo {@link POLYNOMIAL}. */
function multiply(one: number, other: number): number {
  let sum = 0;
  let shifted = other;
  for (let bit = ONE; bit !== 0; bit >>>= 1) {
    if ((one & bit) !== 0) sum ^= shifted;
    shifted = (shifted & 1) === 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL;
  }
  return sum >>> 0;
}

/** By place `n`, what 2 to the power of `n` bytes do. */
const POWERS: number[] = [];

function toPower(place: number): number {
  for (let at = POWERS.length; at <= place; at += 1) {
    const before = POWERS[at - 1];
    // A byte is x to the power of 8.
    POWERS.push(before === undefined ? ONE >>> 8 : multiply(before, before));
  }
  return POWERS[place] ?? ONE;
}

/** What so many bytes do to the checksum of whatever stands before them. */
export function toShift(bytes: number): number {
  let shift = ONE;
  for (let place = 0, left = bytes; left > 0; place += 1, left = Math.floor(left / 2))
    if (left % 2 === 1) shift = multiply(shift, toPower(place));
  return shift;
}

/**
 * The CRC-32 of two texts in a row, from those of each.
 *
 * @param shift of the second one's length ({@link toShift})
 */
export function joinChecksums(first: number, second: number, shift: number): number {
  return (multiply(shift, first) ^ second) >>> 0;
}
