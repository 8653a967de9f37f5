/** Tables as CSV, compared up to what another machine, or another order of sums, may change. */

/** Of numbers in general. */
const inGeneral = 1e-5;

/** Of fits: errors and ends of intervals are found to 1e-4 of the rise of χ². */
const ofFits = 5e-4;

/**
 * What a minimum leaves open: nuisances at a point of a scan or in a fit, and how far χ² is above its lowest value. In
 * units of the largest number of the column, and by itself.
 */
const ofMinimum = { ofColumn: 1e-5, absolute: 1e-6 };

/** Where two tables differ, in words. */
export function differences(made: string, kept: string): readonly string[] {
  const [ours, theirs] = [made, kept].map((text) => text.split("\n").map((line) => line.split(",")));
  if (ours!.length !== theirs!.length) return [`${ours!.length} lines in place of ${theirs!.length}`];
  const [head = []] = theirs!;
  const open = openColumns(head);
  const kind = head.indexOf("kind");
  const relative = kind < 0 ? inGeneral : ofFits;
  const sizes = head.map((_, column) => largest(theirs!.map((row) => Number(row[column]))));
  return theirs!.flatMap((row, line) =>
    row.flatMap((field, column) => {
      const found = ours![line]?.[column] ?? "";
      const loose = open(column) || row[kind] === "nuisance";
      const allowance = loose ? ofMinimum.ofColumn * sizes[column]! + ofMinimum.absolute : 0;
      return same(found, field, relative, allowance)
        ? []
        : [`line ${line + 1}, column ${column + 1}: ${found} in place of ${field}`];
    }),
  );
}

/** In the table of a scan, the columns from `delta_chi2` on. */
function openColumns(head: readonly string[]): (column: number) => boolean {
  const first = head.indexOf("delta_chi2");
  return (column) => first >= 0 && column >= first;
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce(
    (most, number) => (Number.isFinite(number) ? Math.max(most, Math.abs(number)) : most),
    0,
  );
}

function same(found: string, kept: string, relative: number, allowance: number): boolean {
  if (found === kept) return true;
  if (found === "" || kept === "") return false;
  const [a, b] = [Number(found), Number(kept)];
  return Math.abs(a - b) <= relative * Math.abs(b) + allowance;
}
