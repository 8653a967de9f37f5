import type { Edit, Expr, Fix, Span } from "../../grammar/syntax.ts";
import { changes, diagnostic, imported } from "../diagnostics/index.ts";
import { elaborateQuantity } from "../elaborate/expression.ts";
import { wordOf } from "../elaborate/library.ts";
import { spelled } from "../load/shape-value.ts";
import { interactionsOf } from "../lower/model-sum.ts";
import { lowerNucleus, type Nucleus } from "../lower/nucleus.ts";
import { type Declaration, field } from "../model/model.ts";
import { base, displayUnit } from "../units/index.ts";
import { type Checking, declarationsOf, isOwn, nameSpan, shown, valueAt } from "./checking.ts";
import { type Reach, reachOf } from "./reach.ts";

/**
 * A nucleus with F = 1 scatters coherently only while q R is small against 1: beyond, the rate is too large by 1/F^2,
 * which is what a forgotten form factor looks like.
 */
export function unitFormFactor(checking: Checking): void {
  for (const experiment of declarationsOf(checking, "experiment")) {
    for (const reach of reachOf(checking, experiment)) {
      for (const nucleus of reach.nuclei) checkNucleus(checking, reach, nucleus, undefined);
    }
  }
  for (const analysis of declarationsOf(checking, "analysis")) checkReplacement(checking, analysis);
}

/** `formfactor = none` in an analysis. */
function checkReplacement(checking: Checking, analysis: Declaration): void {
  const { library, value, model } = checking;
  const word = wordOf(analysis, "formfactor");
  const formfactor = word === undefined ? undefined : library.declaration(word);
  const statement = field(analysis, "formfactor");
  if (formfactor === undefined || statement === undefined) return;
  for (const experiment of interactionsOf(model, analysis).experiments) {
    for (const reach of reachOf(checking, experiment)) {
      for (const { name } of reach.nuclei) {
        const declaration = library.declaration(name);
        const nucleus =
          declaration === undefined ? undefined : lowerNucleus(library, declaration, { value, formfactor });
        if (nucleus !== undefined) checkNucleus(checking, reach, nucleus, statement.assign?.value.span);
      }
    }
  }
}

function checkNucleus(checking: Checking, reach: Reach, nucleus: Nucleus, place: Span | undefined): void {
  const declaration = checking.library.declaration(nucleus.name);
  if (declaration === undefined) return;
  const q = Math.sqrt(2 * nucleus.mass * reach.recoil(nucleus));
  for (const keyword of ["protons", "neutrons"] as const) {
    if (!isUnity(checking, nucleus, keyword, q)) continue;
    const found = q * radiusOf(checking, declaration, nucleus, keyword);
    const expr = field(declaration, keyword)?.assign?.value;
    if (!(found > 1) || expr === undefined) continue;
    const span = place ?? (isOwn(checking, expr.span) ? expr.span : nameSpan(reach.experiment));
    const parameters = {
      nucleus: `\`${nucleus.name}\``,
      found: `${shown(found, 2)} (q up to ${shown(q, 3)} MeV)`,
      experiment: `\`${reach.experiment.name}\``,
    };
    const fixes = withHelm(checking, declaration, span, place !== undefined);
    const advice = "give it a form factor such as `Helm(R = …)`";
    const extra = fixes.length === 0 ? { notes: [advice] } : { help: advice, fixes };
    checking.report(diagnostic("SV1601", span, parameters, extra));
    return;
  }
}

/** Another form factor where a file names one: in a nucleus at the radii that stand there, in an analysis as a word. */
function withHelm({ tree }: Checking, nucleus: Declaration, span: Span, replaced: boolean): readonly Fix[] {
  if (tree === undefined || span.file !== tree.file) return [];
  const values = ["protons", "neutrons"].flatMap((one) => field(nucleus, one)?.assign?.value ?? []);
  const reported = values.find((one) => one.span === span);
  if (!replaced && reported === undefined) return [];
  const edits = replaced
    ? [{ span, text: "Helm" }]
    : values.filter((one) => calleeOf(one) === calleeOf(reported)).map(helmFor);
  return [changes("use `Helm`", ...edits, ...imported(tree, "formfactors", "Helm"))];
}

const calleeOf = (expr: Expr | undefined): string | undefined =>
  expr?.kind === "call" ? spelled(expr.callee) : expr?.kind === "path" ? spelled(expr) : undefined;

const helmFor = (expr: Expr): Edit =>
  expr.kind === "call" && expr.args.length > 0
    ? { span: expr.callee.span, text: "Helm" }
    : { span: expr.span, text: "Helm(R = 4.8 fm)" };

function isUnity(
  { graph, ...rest }: Checking,
  nucleus: Nucleus,
  keyword: "protons" | "neutrons",
  q: number,
): boolean {
  const checking = { graph, ...rest };
  return [q / 3, q].every((momentum) => {
    const F = (keyword === "protons" ? nucleus.Fp : nucleus.Fn)(graph.number(momentum));
    return F.kind === "quantity" && Math.abs(valueAt(checking, F.node) - 1) < 1e-12;
  });
}

/** The argument R of the form factor, or the radius of a sphere of nuclear density. 1/MeV. */
function radiusOf(checking: Checking, declaration: Declaration, { A }: Nucleus, keyword: string): number {
  const call = field(declaration, keyword)?.assign?.value;
  const args = call?.kind === "call" ? call.args : [];
  const argument = args.find(({ name }) => name === undefined || name.text === "R");
  const site = checking.library.inside(declaration, "natural", checking.value);
  const value = argument === undefined ? undefined : elaborateQuantity(argument.value, site);
  const radius = value === undefined ? Number.NaN : valueAt(checking, value.node);
  const fm = displayUnit(base.length, "fm").factorToInternal;
  return radius > 0 ? radius : Math.sqrt(3 / 5) * 1.2 * Math.cbrt(A) * fm;
}
