/** What each staging pass did, as rows of text. */
import type { ExplainedPasses, Explanation } from "../explain/index.ts";
import type { ExplainedQuadrature, ExplainedRule } from "../explain/quadrature.ts";
import type { ExplainedFactor, ExplainedIntegrals, ExplainedTemplates } from "../explain/separation.ts";
import type { ExplainedSplits } from "../explain/splits.ts";
import { plural, printTable, shortened, thousands } from "./tables.ts";

export function passesTable(explanation: Explanation, color: boolean): string {
  const rows = passLines(explanation).flatMap(([pass, texts]) =>
    texts.map((text, i) => [i === 0 ? pass : "", text]),
  );
  return printTable([{ title: "pass" }, { title: "result" }], rows, { color });
}

/** Each pass with what it did, in lines of text. */
export function passLines({
  passes,
  stages,
  numbers,
}: Explanation): readonly (readonly [pass: string, texts: readonly string[]])[] {
  return [
    ["separation", passes.separation.flatMap(separationLines)],
    ["templates", [...passes.templates.map(templateLine), couplingsLine(passes.couplings)]],
    ["splits", passes.splits.map(splitLine)],
    ["factoring", [factoringLine(passes.factoring)]],
    ["quadrature", quadratureLines(passes.quadrature)],
    ["differentiation", [differentiationLine(passes.differentiation)]],
    ["plan", [planLine(stages, numbers)]],
  ];
}

function separationLines({ purpose, integrals, once, again }: ExplainedIntegrals): readonly string[] {
  const head = `${plural(integrals, "integral")} over ${overWhat[purpose]}`;
  if (again.length === 0) return [`${head}, done once`];
  const repeated = again.flatMap(({ labels, parameters, prevented }) => {
    const when = `again when ${shortened(parameters, 4)} changes`;
    const why = prevented.length === 0 ? ["too many terms to multiply out"] : prevented.map(factorText);
    return [
      `  ${shortened([...new Set(labels)], 2)}: ${when}, held together by`,
      ...why.map((text) => `    ${text}`),
    ];
  });
  return [once === 0 ? head : `${head}, ${once} done once`, ...repeated];
}

const overWhat: Readonly<Record<ExplainedIntegrals["purpose"], string>> = {
  energy: "neutrino energies",
  recoil: "recoil energies",
  observable: "observables",
  background: "shapes of backgrounds",
  general: "variables of formulas",
};

function factorText({ what, place, parameters }: ExplainedFactor): string {
  return `${what} with ${shortened(parameters, 4)}${place === null ? "" : ` at ${place}`}`;
}

function templateLine({ labels, coefficients }: ExplainedTemplates): string {
  const names = shortened(labels, 2);
  if (coefficients === null) return `${names}: whole`;
  return `${names}: ${plural(coefficients.length, "template")} each, times ${shortened(coefficients, 8)}`;
}

function couplingsLine({ parameters, templates }: ExplainedPasses["couplings"]): string {
  if (parameters.length === 0) return "no fitted parameter is a mere coupling of integrals that stay whole";
  const while_ = `while no more than ${shortened(parameters, 6)} changes`;
  return `${while_}: the integrals are polynomials of them, with ${plural(templates, "template")}`;
}

function splitLine(split: ExplainedSplits): string {
  const { variables, cause, what, place, fixed, moving, parameters } = split;
  const followed = parameters.length === 0 ? "" : ` (with ${shortened(parameters, 3)})`;
  const points = [
    ...(fixed > 0 ? [plural(fixed, "point")] : []),
    ...(moving > 0 ? [`${plural(moving, "moving point")}${followed}`] : []),
  ].join(" and ");
  const where = place === null ? "" : ` at ${place}`;
  return `${shortened(variables, 3)}: ${points}, ${causeText(cause, what)}${where}`;
}

function causeText(cause: ExplainedSplits["cause"], what: string | null): string {
  switch (cause) {
    case "limit":
      return "ends of spectra and bins";
    case "knots":
      return `knots of ${what}`;
    case "condition":
      return `where ${what} changes its branch`;
    case "peak":
      return "around narrow peaks";
  }
}

function factoringLine({ sums, factors }: ExplainedPasses["factoring"]): string {
  return `${plural(factors, "common factor")} taken out of ${plural(sums, "sum")}`;
}

function quadratureLines({ precision, reached, rules }: ExplainedQuadrature): readonly string[] {
  const error = `relative error ${reached === null ? "unknown" : reached.toExponential(1)}, asked ${precision.toExponential()}`;
  return [error, ...rules.map(ruleLine)];
}

function ruleLine({ purpose, variables, integrals, order, panels, nodes }: ExplainedRule): string {
  const each = integrals === 1 ? "" : " each";
  const count = `${plural(integrals, "integral")} (${purpose})`;
  const [least, most] = order;
  const points = `${plural(panels, "panel")} of ${least === most ? most : `${least} to ${most}`} points`;
  return `  ${shortened(variables, 3)}: ${count}, ${points}, ${thousands(nodes)} nodes in all bins${each}`;
}

function differentiationLine({ parameters, missing }: ExplainedPasses["differentiation"]): string {
  if (missing !== null) {
    const where = missing.place === null ? "" : ` (${missing.place})`;
    return `none: ${missing.function}${where} has no derivative; fits take differences`;
  }
  return parameters.length === 0 ? "nothing is fitted" : `exact, by ${shortened(parameters, 8)}`;
}

function planLine(stages: Explanation["stages"], numbers: number): string {
  const count = (when: string): number => stages.filter((stage) => stage.when === when).length;
  const kept = `a stage runs when a parameter that it reads has changed, else its part of ${thousands(numbers)} kept numbers serves`;
  return `${count("once")} stages once, ${count("fixed")} once per fit, ${count("fit")} in its steps; ${kept}`;
}
