/**
 * Tick positions at round numbers.
 */

/** Steps between ticks, within a decade. */
const roundSteps = [1, 2, 5, 10];

/** Multiples of 1, 2 or 5 × 10ᵏ from `low` to `high`, about `count` of them and never more. */
export function ticks(low: number, high: number, count: number): number[] {
  const step = tickStep(high - low, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** The smallest round step that divides `range` into fewer than `count` parts. */
function tickStep(range: number, count: number): number {
  const atLeast = range / Math.max(1, count - 1);
  const decade = 10 ** Math.floor(Math.log10(atLeast));
  return decade * (roundSteps.find((step) => step * decade >= atLeast * (1 - 1e-9)) ?? 10);
}

/** The text of a tick at `value`; a true minus sign, no thousands separator. */
export function tickText(value: number): string {
  return String(value).replaceAll("-", "−");
}

const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A whole number as an exponent: `⁻⁴⁰`. */
export function superscript(power: number): string {
  return [...String(power)].map((sign) => (sign === "-" ? "⁻" : digits[Number(sign)]!)).join("");
}

/** `10⁻⁴⁰`. */
export function powerOfTen(power: number): string {
  return `10${superscript(power)}`;
}

/** Powers that are written as plain numbers, when all ticks of an axis are among them. */
const plainPowers = { low: -2, high: 3 };

/** Decades up to which the multiples between two powers of ten have ticks. */
const finestDecades = 6;

/** Multiples of a power of ten with a text, where powers alone are too few: the first of these with enough of them inside. */
const labelledMultiples = [
  [1, 2, 5],
  [1, 2, 3, 5],
  [1, 2, 3, 4, 5, 6, 7, 8, 9],
] as const;

/** Texts that a logarithmic axis should have. */
const enough = 3;

/**
 * Ticks of a logarithmic axis: powers of ten with their texts, as many as `count` allows, and, without a text, the
 * others and the multiples between. Where the range has very few powers, round multiples have a text as well; where it has few of
 * those, it is so short that the ticks are those of a linear axis.
 */
export function logTicks(low: number, high: number, count: number): { at: number; text: string }[] {
  const [first, last] = [Math.floor(Math.log10(low) + 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const inside = (value: number): boolean => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const shown = powers.filter((power) => inside(10 ** power));
  const plain = first >= plainPowers.low && last <= plainPowers.high;
  const few = shown.length < (plain ? 3 : 2);
  const stride = Math.max(1, Math.ceil(shown.length / Math.max(1, count)));
  const multiples = last - first <= finestDecades ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : [1];
  const at = (multiple: number, power: number): number => Number(`${multiple}e${power}`);
  const textsOf = (labelled: readonly number[]): number =>
    powers.flatMap((power) => labelled.filter((multiple) => inside(at(multiple, power)))).length;
  const labelled = few ? labelledMultiples.find((one) => textsOf(one) >= enough) : [1];
  if (labelled === undefined) return shortLogTicks(low, high, count, plain);
  return powers.flatMap((power) =>
    multiples
      .map((multiple) => {
        const written =
          labelled.some((one) => one === multiple) && (few || (power - shown[0]!) % stride === 0);
        return { at: at(multiple, power), text: written ? logText(multiple, power, plain) : "" };
      })
      .filter((tick) => inside(tick.at)),
  );
}

/** Ticks of a part of a decade. */
function shortLogTicks(low: number, high: number, count: number, plain: boolean) {
  return ticks(low, high, count).map((at) => {
    const power = Math.floor(Math.log10(at) + 1e-9);
    return { at, text: logText(Number((at / Number(`1e${power}`)).toPrecision(10)), power, plain) };
  });
}

function logText(multiple: number, power: number, plain: boolean): string {
  if (plain) return tickText(Number(`${multiple}e${power}`));
  return multiple === 1 ? powerOfTen(power) : `${multiple}·${powerOfTen(power)}`;
}
