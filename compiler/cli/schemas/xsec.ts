import { described, listOf, number, oneOf, published, record, text } from "./schema.ts";

/** What `sevens xsec --format json` prints. */
export interface XsecOutput {
  readonly recoil: "nucleus" | "electron";
  readonly points: readonly XsecPoint[];
  readonly averages: readonly XsecAverage[];
  readonly units: typeof xsecUnits;
}

export interface XsecPoint {
  readonly nucleus: string;
  readonly flavor: string;
  readonly E: number;
  readonly T: number;
  readonly dsigma_dT: number;
}

export interface XsecAverage {
  readonly nucleus: string;
  /** Protons and neutrons. */
  readonly Z: number;
  readonly N: number;
  readonly source: string;
  readonly sigma: number;
}

export const xsecUnits = { E: "MeV", T: "MeV", dsigma_dT: "cm^2/MeV", sigma: "cm^2" } as const;

const units = Object.fromEntries(Object.entries(xsecUnits).map(([name, unit]) => [name, { const: unit }]));

export const xsecSchema = published(
  "xsec",
  "Output of `sevens xsec --format json`",
  record({
    recoil: described(
      "What recoils; cross sections on electrons are per atom.",
      oneOf("nucleus", "electron"),
    ),
    points: listOf(
      record({
        nucleus: text,
        flavor: described("Species of the neutrino.", text),
        E: described("Energy of the neutrino.", number),
        T: described("Energy of the recoil.", number),
        dsigma_dT: number,
      }),
    ),
    averages: listOf(
      record({
        nucleus: text,
        Z: described("Protons.", number),
        N: described("Neutrons.", number),
        source: text,
        sigma: described("Cross section averaged over the flux of all species.", number),
      }),
    ),
    units: record(units),
  }),
);
