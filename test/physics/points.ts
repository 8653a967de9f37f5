/** dsigma/dT of a spec at one point. */
import { expect } from "vitest";
import { type CrossSectionPoint, crossSectionTable, type Model } from "../../compiler/index.ts";
import { hbarc } from "../../runtime/index.ts";
import { modelOfText } from "./compile.ts";
import type { ReferenceNucleus } from "./reference-data.ts";
import type { FamilySpec } from "./reference-specs.ts";

/** (ħc)² in cm² MeV². */
export const area = (hbarc * 1e-13) ** 2;

/** A source and a detector whose target is `Target`, and what specs of points use. */
export const library = `use interactions/StandardModel { StandardModel, gVp, gVn }
use interactions { TreeLevel }
use formfactors { none, Helm, SymmetrizedFermi, KleinNystrand }
source Lamp {
  fluence = 1 /cm^2
  spectrum[nu_e](E) = delta(E - 30 MeV)
}
detector Box { target Target = 1 kg }
experiment One {
  source Lamp
  detector Box
}
`;

/** The nucleus of a reference point as a declaration. */
function nucleusText({ Z, A, atomic_mass_u, Rp_fm, Rn_fm, spin = 0 }: ReferenceNucleus): string {
  return `nucleus Target {
  Z = ${Z}
  A = ${A}
  spin = ${spin}
  atomic_mass = ${atomic_mass_u} u
  parameter Rp = ${Rp_fm} fm
  parameter Rn = ${Rn_fm} fm
  protons = Helm(R = Rp)
  neutrons = Helm(R = Rn)
}
`;
}

/** A spec with one nucleus, `Target`, and the model of a family. */
export function specOf(nucleus: ReferenceNucleus, { uses, text, model, analysis }: FamilySpec): Model {
  const used = uses === undefined ? "" : `use interactions { ${uses.join(", ")} }\n`;
  return modelOfText(`${used}${library}${nucleusText(nucleus)}${text ?? ""}
analysis Points {
  model = ${model}
  experiments = One
${analysis ?? ""}
}`);
}

/** The cross section of one point of a model with one nucleus, on it or on the electrons of its atom. */
export function pointOf(
  model: Model,
  flavor: CrossSectionPoint["flavor"],
  E: number,
  T: number,
  recoil: "nucleus" | "electron" = "nucleus",
): number {
  const nuclei = model.declarations.flatMap(({ kind, name }) => (kind === "nucleus" ? [name] : []));
  expect(nuclei).toHaveLength(1);
  const request = { nuclei, sources: [], species: [flavor], E: [E], T: [T], recoil };
  const { points, diagnostics } = crossSectionTable(model, request);
  expect(diagnostics).toEqual([]);
  return points[0]?.dsigma_dT ?? Number.NaN;
}

/** Several values of a formula in q, read through an interaction that is nothing else. */
export function valuesAt(uses: string, formula: string, momenta: readonly number[]): readonly number[] {
  const mass = 1e6;
  const model = modelOfText(
    `use formfactors { none }
${uses}
nucleus Target {
  Z = 1
  A = 2
  nuclear_mass = ${mass} MeV
  protons = none(R = 1 fm)
  neutrons = none(R = 1 fm)
}
interaction Probe { dsigma/dT += (${formula})/MeV^3 }
source Lamp {
  fluence = 1 /cm^2
  spectrum[nu_e](E) = delta(E - 30 MeV)
}
detector Box { target Target = 1 kg }
experiment One {
  source Lamp
  detector Box
}
analysis Points {
  model = Probe
  experiments = One
}`,
  );
  const T = momenta.map((q) => q ** 2 / (2 * mass));
  const request = { nuclei: ["Target"], sources: [], species: ["nu_e"] as const, E: [1e6], T };
  return crossSectionTable(model, request).points.map(({ dsigma_dT }) => dsigma_dT / area);
}
