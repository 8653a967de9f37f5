/** Reads the reference values, which lie beside the repository and may be absent. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "./compile.ts";

/** A nucleus as the reference code took it: radii in fm. */
export interface ReferenceNucleus {
  readonly name: string;
  readonly Z: number;
  readonly A: number;
  readonly atomic_mass_u: number;
  readonly Rp_fm: number;
  readonly Rn_fm: number;
  /** Zero in the reference. */
  readonly spin?: number;
}

/** dsigma/dT in cm^2/MeV at energies in MeV. */
export interface ReferencePoint {
  readonly nucleus: ReferenceNucleus;
  readonly flavour: "e" | "mu" | "tau";
  readonly E: number;
  readonly T: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly dsdT: number;
}

/** On an electron, or on an atom with z_eff of them that T can free. */
export interface ElectronPoint extends Omit<ReferencePoint, "nucleus"> {
  readonly element: string | null;
  readonly anti: boolean;
  readonly z_eff: number;
}

export interface Reference {
  readonly constants: { readonly MEV2_CM2: number };
  readonly couplings: {
    readonly radiative: readonly Readonly<Record<"s2w" | "gVp_e" | "gVp_mu" | "gVp_tau" | "gVn", number>>[];
  };
  readonly form_factors: {
    readonly points: readonly { kind: string; R_fm: number; q_MeV: number; F: number }[];
  };
  readonly dsigma_dT: { readonly families: Readonly<Record<string, { points: readonly ReferencePoint[] }>> };
  readonly electron_dsigma_dT: {
    readonly families: Readonly<Record<string, { points: readonly ElectronPoint[] }>>;
  };
}

function isReference(value: unknown): value is Reference {
  return typeof value === "object" && value !== null && "dsigma_dT" in value && "form_factors" in value;
}

/** Undefined where the folder of the references is not there. */
export function readReference(): Reference | undefined {
  const path = resolve(root, "../shared/reference/cross-sections.json");
  if (!existsSync(path)) return undefined;
  const value: unknown = JSON.parse(readFileSync(path, "utf8"));
  return isReference(value) ? value : undefined;
}
