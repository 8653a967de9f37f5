/** The numbers behind a picture of curves, as CSV. */
import { drawnPart } from "./curve-drawn.ts";
import type { CurveAxis, CurveInput } from "./curve-input.ts";
import { csvText } from "./data.ts";

/**
 * One line per point of everything drawn: what it is, its label, its level, which line of it, the place, and the
 * ends of a band or an error bar.
 */
export function curveCsv(input: CurveInput): string {
  const { x, y, curves, bands, points, rules } = drawnPart(input);
  const ofCurves = curves.flatMap(({ label, level = "", lines }) =>
    lines.flatMap((line, part) => line.map((place) => ["curve", label, level, part + 1, ...place, "", ""])),
  );
  const ofBands = bands.flatMap((band) =>
    band.points.map(({ x, low, high }) => ["band", band.label, "", 1, x, "", low, high]),
  );
  const ofPoints = points.flatMap((set) =>
    set.points.map(({ x, y, low, high, name = set.label }) => ["points", name, "", 1, x, y, low, high]),
  );
  const ofRules = rules.map(({ label, y }) => ["level", label, "", 1, "", y, "", ""]);
  const header = ["kind", "label", "level", "line", heading(x), heading(y), "low", "high"];
  return csvText([header, ...ofCurves, ...ofBands, ...ofPoints, ...ofRules]);
}

function heading({ name, unit }: CurveAxis): string {
  return unit === "" ? name : `${name} [${unit}]`;
}
