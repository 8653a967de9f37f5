import type { Statement } from "../../grammar/syntax.ts";
import { largestOf } from "../../runtime/extremes.ts";
import { diagnostic, divided } from "../diagnostics/index.ts";
import { lowerSpectrum, type SpectrumPiece, speciesOf } from "../lower/source.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import { dependence, reachable } from "../rate/analyse.ts";
import type { Node, VariableNode } from "../rate/node.ts";
import { type Checking, declarationsOf, functionOf, shown, valueAt } from "./checking.ts";
import { sourceSite } from "./source-formulas.ts";

const tolerance = 1e-3;
const samples = 400;

/**
 * The spectrum of a species integrates to 1 and is nowhere negative: how many neutrinos there are is said by the
 * fluence. A rounded end point or a forgotten factor shows here.
 */
export function spectrumNorm(checking: Checking): void {
  const E = checking.graph.variable("E");
  for (const source of declarationsOf(checking, "source")) {
    const site = sourceSite(checking, source);
    for (const species of speciesOf(source)) {
      const [first] = fieldsOf(source, "spectrum").filter(({ index }) => index?.names[0]?.text === species);
      const pieces = lowerSpectrum(source, species, site, E);
      if (first === undefined || pieces.some((piece) => !isClosed(piece, E))) continue;
      const bad = pieces.some(
        (piece) => piece.kind === "continuum" && reportBadValue(checking, source, first, piece, E),
      );
      if (!bad) checkNorm(checking, source, first, pieces, E);
    }
  }
}

/** Without inputs of the source in it. */
function isClosed(piece: SpectrumPiece, E: VariableNode): boolean {
  const nodes = piece.kind === "line" ? [piece.energy, piece.weight] : [piece.low, piece.high, piece.density];
  return nodes.every((node) => [...dependence(node).variables].every((variable) => variable === E));
}

function checkNorm(
  checking: Checking,
  source: Declaration,
  statement: Statement,
  pieces: readonly SpectrumPiece[],
  E: VariableNode,
): void {
  const parts = pieces.map((piece) => valueAt(checking, integralOf(checking, piece, E), [], tolerance / 10));
  const found = parts.reduce((sum, part) => sum + part, 0);
  if (!Number.isFinite(found) || Math.abs(found - 1) <= tolerance) return;
  const species = statement.index?.names[0]?.text ?? source.name;
  const all = fieldsOf(source, "spectrum").filter(({ index }) => index?.names[0]?.text === species);
  const notes =
    found > 0
      ? ["look at its range, too; what multiplies every spectrum belongs into the fluence"]
      : ["a density in E is positive"];
  const span = statement.assign?.value.span ?? statement.span;
  const extra = { notes, ...divided(found, ...all) };
  checking.report(diagnostic("SV1502", span, { flavor: species, found: shown(found) }, extra));
}

function integralOf({ graph }: Checking, piece: SpectrumPiece, E: VariableNode): Node {
  return piece.kind === "line"
    ? piece.weight
    : graph.integral("energy", E, piece.low, piece.high, piece.density);
}

/** Negative values, and places where there is no value at all. */
function reportBadValue(
  checking: Checking,
  source: Declaration,
  statement: Statement,
  piece: Extract<SpectrumPiece, { kind: "continuum" }>,
  E: VariableNode,
): boolean {
  const [low, high] = [valueAt(checking, piece.low), valueAt(checking, piece.high)];
  const energies = Array.from({ length: samples }, (_, i) => low + ((high - low) * (i + 0.5)) / samples);
  const values = energies.map(functionOf(checking, piece.density, E));
  const top = largestOf(values.filter(Number.isFinite), 0);
  const bad = values.findIndex(
    (value) => !Number.isFinite(value) || value < -1e-9 * top || (top === 0 && value < 0),
  );
  if (bad < 0) return false;
  const place = `E = ${shown(energies[bad] ?? 0)} MeV`;
  const what = `the spectrum of ${statement.index?.names[0]?.text ?? source.name}`;
  const span = statement.assign?.value.span ?? statement.span;
  if (Number.isFinite(values[bad] ?? 0)) checking.report(diagnostic("SV1504", span, { what, place }));
  else if (!reportTable(checking, statement, piece.density, E, [low, high])) {
    checking.report(diagnostic("SV1801", span, { what, found: "not a number", place }));
  }
  return true;
}

/** A table that ends before the range of the spectrum does. */
function reportTable(
  { report }: Checking,
  statement: Statement,
  density: Node,
  E: VariableNode,
  [low, high]: readonly [number, number],
): boolean {
  const text = (a: number, b: number): string => `${shown(a)} .. ${shown(b)} MeV`;
  for (const node of reachable([density])) {
    if (node.op !== "table" || node.args[0] !== E || node.table.outside !== "error") continue;
    const [first, last] = [node.table.x[0] ?? 0, node.table.x.at(-1) ?? 0];
    if (first <= low && last >= high) continue;
    const parameters = { path: node.table.name, range: text(first, last), needed: text(low, high) };
    report(diagnostic("SV1706", statement.assign?.value.span ?? statement.span, parameters));
    return true;
  }
  return false;
}
