/** Sources of the library: neutrinos in all, their mean energies, and rates against sums over the tables. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { G_F, hbarc, m_e } from "../../runtime/index.ts";
import { compiled, countsOf, difference, modelOfText, root, sum } from "./compile.ts";
import { valuesAt } from "./points.ts";

/** Counts of a model in one kilogram of argon-40 for a day; one bin without any. */
function countsIn(source: string, interactions: string, detector = ""): readonly number[] {
  const text = `use nuclei { Ar40 }
use formfactors { none }
${source}
${interactions}
detector Box {
  target Ar40 = 1 kg
${detector}
}
experiment One {
  source ${used(source)}
  detector Box
  livetime = 1 s
${detector === "" ? "" : "  bins recoil = [0.1, 0.5, 2, 10] keVnr"}
}
analysis Points {
  model = Probe
  experiments = One
  formfactor = none
}`;
  return countsOf(compiled(modelOfText(text), { derivatives: "none" }).analysis).total;
}

/** `use sources { X }  // X { … }`: what follows the comment sign is the field of the experiment. */
function used(source: string): string {
  return /\/\/ (.*)/.exec(source)?.[1] ?? "";
}

const atoms = (1000 / 39.962383122) * 6.02214076e23;
/** A cross section of 1e-38 cm² at every energy, or one in proportion to it. */
const flat = "interaction Probe { dsigma/dT += 1e-38 cm^2 * (M + 2*E)/(2*E^2) }";
const rising = "interaction Probe { dsigma/dT += 1e-38 cm^2 * (M + 2*E)/(2*E^2) * E/MeV }";
/** Neutrinos per cm² and s. */
const fluxOf = (source: string): number => sum(countsIn(source, flat)) / (atoms * 1e-38);
/** Their mean energy in MeV, when there are so many of them. */
const meanOf = (source: string, total: number): number =>
  sum(countsIn(source, rising)) / (total * atoms * 1e-38);

type Curve = readonly (readonly [number, number])[];

/** A column of a table of models/data over its first one. */
function curveOf(file: string, column: number): Curve {
  return readFileSync(`${root}/models/data/${file}`, "utf8")
    .split("\n")
    .filter((line) => /^[\d.]/.test(line))
    .map((line) => line.split(",").map(Number))
    .map((row) => [row[0] ?? 0, row[column] ?? 0]);
}

/** ∫ f(E) y(E) dE of straight lines, by Simpson's rule on each in several parts. */
function integral(curve: Curve, f: (E: number) => number = () => 1, parts = 1): number {
  return curve.slice(1).reduce((total, [x1, y1], k) => {
    const [x0, y0] = curve[k] ?? [0, 0];
    const width = (x1 - x0) / parts;
    const y = (x: number): number => (y0 + ((y1 - y0) * (x - x0)) / (x1 - x0)) * f(x);
    return Array.from({ length: parts }, (_, part) => x0 + part * width).reduce(
      (piece, a) => piece + (width / 6) * (y(a) + 4 * y(a + width / 2) + y(a + width)),
      total,
    );
  }, 0);
}

const energy = (E: number): number => E;

describe("tables", () => {
  // Published means of the solar branches (arXiv:astro-ph/0412440 and its references), MeV.
  test.each([
    ["solar-pp.csv", 0.2668],
    ["solar-8b.csv", 6.735],
    ["solar-hep.csv", 9.628],
    ["solar-13n.csv", 0.7063],
    ["solar-15o.csv", 0.9964],
    ["solar-17f.csv", 0.9977],
  ])("%s is a density of mean %d MeV", (file, mean) => {
    const curve = curveOf(file, 1);
    expect(integral(curve)).toBeCloseTo(1, 5);
    expect(difference(integral(curve, energy), mean)).toBeLessThan(3e-3);
  });

  test.each([
    "atmospheric-nu_e.csv",
    "atmospheric-nubar_e.csv",
    "atmospheric-nu_mu.csv",
    "atmospheric-nubar_mu.csv",
    "dsnb.csv",
    "geo-u.csv",
    "geo-th.csv",
    "geo-k.csv",
    "reactor-capture.csv",
  ])("%s is a density", (file) => {
    expect(integral(curveOf(file, 1))).toBeCloseTo(1, 5);
  });

  test("beta decays end where the Q values of chain and nucleus say", () => {
    const end = (file: string): number => curveOf(file, 1).at(-1)?.[0] ?? 0;
    expect(end("geo-k.csv")).toBeCloseTo(1.311 + 0.046, 2);
    expect(end("solar-13n.csv")).toBeCloseTo(1.199, 1);
    expect(end("solar-pp.csv")).toBeCloseTo(0.42, 2);
  });

  test.each([1, 2, 3, 4])("isotope %d of the reactor is a density with 1.4 to 1.7 MeV", (column) => {
    const curve = curveOf("reactor-fission.csv", column);
    expect(integral(curve)).toBeCloseTo(1, 5);
    expect(integral(curve, energy)).toBeGreaterThan(1.3);
    expect(integral(curve, energy)).toBeLessThan(1.7);
  });
});

describe("the Sun", () => {
  test("in all, with lines; mean energy by branches", () => {
    const source = "use sources { Solar } // Solar";
    const branches = [
      [5.98e10, 0.2668],
      [1.44e8, 1442e-3],
      [7.98e3, 9.628],
      [4.93e9, 0.8956 * 0.8613 + 0.1044 * 0.3843],
      [5.46e6, 6.735],
      [2.78e8, 0.7063],
      [2.05e8, 0.9964],
      [5.29e6, 0.9977],
    ] as const;
    const expected = branches.reduce((all, [phi]) => all + phi, 0);
    expect(difference(fluxOf(source), expected)).toBeLessThan(1e-4);
    const energies = branches.reduce((all, [phi, E]) => all + phi * E, 0);
    expect(difference(meanOf(source, expected), energies / expected)).toBeLessThan(3e-3);
  });

  test("AGSS09 has less metal, so fewer neutrinos of heavy nuclei", () => {
    const total = fluxOf("use sources/Solar { SolarAGSS09 } // SolarAGSS09");
    const expected = 6.03e10 + 1.46e8 + 8.25e3 + 4.5e9 + 4.5e6 + 2.04e8 + 1.44e8 + 3.26e6;
    expect(difference(total, expected)).toBeLessThan(1e-4);
  });

  test("boron-8 neutrinos on argon, against a sum over the table", () => {
    const source = "use sources/Solar { SolarB8 } // SolarB8";
    const observable = "  observable recoil: keVnr { value(T) = T }";
    const tree = "interaction Probe { charge[l] += (1/2 - 2*0.23857)*Z*Fp(q) - 1/2*N*Fn(q) }";
    const found = countsIn(source, tree, observable);
    const M = 39.962383122 * 931.49410242 - 18 * m_e;
    const charge = (1 / 2 - 2 * 0.23857) * 18 - 22 / 2;
    const curve = curveOf("solar-8b.csv", 1);
    /** ∫ dσ/dT dT between two recoil energies at one neutrino energy, MeV⁻². */
    const recoils =
      (low: number, high: number) =>
      (E: number): number => {
        const end = Math.min(high, (2 * E ** 2) / (M + 2 * E));
        if (end <= low) return 0;
        const strength = (((G_F * 1e-6) ** 2 * M) / Math.PI) * charge ** 2;
        return strength * (end - low - (M * (end ** 2 - low ** 2)) / (4 * E ** 2));
      };
    [0.1, 0.5, 2].forEach((low, bin) => {
      const high = [0.5, 2, 10][bin] ?? 0;
      const rate =
        integral(curve, recoils(low * 1e-3, high * 1e-3), 400) * (hbarc * 1e-13) ** 2 * 5.46e6 * atoms;
      expect(difference(found[bin], rate)).toBeLessThan(2e-5);
    });
  });
});

describe("other sources", () => {
  test.each([
    ["AtmosphericNuE", 1.8406, 160.5],
    ["AtmosphericNuMubar", 3.5303, 159.7],
  ])("%s: %d per cm² and s of mean %d MeV", (name, phi, expected) => {
    const source = `use sources/Atmospheric { ${name} } // ${name}`;
    expect(difference(fluxOf(source), phi)).toBeLessThan(1e-4);
    expect(difference(meanOf(source, phi), expected)).toBeLessThan(2e-3);
  });

  test("atmospheric neutrinos: 10.5 per cm² and s of four species", () => {
    expect(1.8406 + 1.6534 + 3.5216 + 3.5303).toBeCloseTo(10.5, 1);
  });

  test("the background of supernovae: 85.7 in all six species, 6.6 MeV", () => {
    const source = "use sources { DSNB } // DSNB";
    expect(difference(fluxOf(source), 85.7)).toBeLessThan(1e-4);
    expect(difference(meanOf(source, 85.7), 6.622)).toBeLessThan(2e-3);
  });

  test("the Earth: 29 million, of which potassium has the most", () => {
    const total = fluxOf("use sources { Geoneutrinos } // Geoneutrinos");
    expect(difference(total, 4.34e6 + 4.23e6 + 2.054e7)).toBeLessThan(1e-4);
  });

  // An explosion of 3e53 erg at 10 kpc.
  test.each([
    ["SupernovaNuE", 12, 1],
    ["SupernovaNuEbar", 15, 1],
    ["SupernovaNuX", 18, 4],
  ])("%s: energy over mean energy over area, pinched", (name, mean, species) => {
    const source = `use sources/Supernova { ${name} } // ${name} { distance = 10 kpc }`;
    const area = 4 * Math.PI * (10 * 3.0856775814913673e21) ** 2;
    const expected = (species * (5e45 / 1.602176634e-13 / mean)) / area;
    expect(difference(fluxOf(source), expected)).toBeLessThan(1e-6);
    expect(difference(meanOf(source, expected), mean)).toBeLessThan(1e-5);
  });

  test("pions and muons at rest: 4.3e7 per cm² and s of all species, 20 m from the SNS", () => {
    const protons = 1.4e6 / (1e9 * 1.602176634e-19);
    const total = fluxOf(`use sources { SNS } // SNS { protons = ${protons} POT; distance = 20 m }`);
    expect(difference(total, 4.3e7)).toBeLessThan(0.05);
  });

  test("the ESS: 8.5e22 of each species a year", () => {
    const year = (5e6 * 5000 * 3600) / (2e9 * 1.602176634e-19);
    const total = fluxOf(`use sources { ESS } // ESS { protons = ${year} POT; distance = 1 cm }`);
    expect(difference(total * 4 * Math.PI, 3 * 8.5e22)).toBeLessThan(0.02);
  });
});

describe("reactors", () => {
  test("have the flux of the experiment, and the mean energy of fissions and captures", () => {
    const source = "use sources { Reactor } // Reactor { nominal = 4.8e13 /cm^2/s }";
    expect(difference(fluxOf(source), 4.8e13)).toBeLessThan(1e-4);
    const parts = [
      [0.561 * 6.1676, curveOf("reactor-fission.csv", 1)],
      [0.076 * 7.1765, curveOf("reactor-fission.csv", 2)],
      [0.307 * 5.4649, curveOf("reactor-fission.csv", 3)],
      [0.056 * 6.1506, curveOf("reactor-fission.csv", 4)],
      [1.2, curveOf("reactor-capture.csv", 1)],
    ] as const;
    const all = parts.reduce((n, [weight]) => n + weight, 0);
    expect(all).toBeCloseTo(7.2, 0);
    const energies = parts.reduce((E, [weight, curve]) => E + weight * integral(curve, energy), 0);
    expect(difference(meanOf(source, 4.8e13), energies / all)).toBeLessThan(1e-3);
  });

  test("have as many antineutrinos per fission as the table says", () => {
    const header = readFileSync(`${root}/models/data/reactor-fission.csv`, "utf8");
    const uses = "use sources/Reactor { yieldU235, yieldU238, yieldPu239, yieldPu241 }";
    for (const isotope of ["U235", "U238", "Pu239", "Pu241"]) {
      const [, written] = new RegExp(`${isotope} ([\\d.]+\\d)`).exec(header) ?? [];
      expect(valuesAt(uses, `yield${isotope}`, [1])[0]).toBeCloseTo(Number(written), 9);
    }
  });

  // Thermal power in GW and distance in m of published fluxes, /cm²/s: Dresden-II, CONUS, CONUS+, TEXONO, CONNIE.
  test.each([
    [2.96, 10.39, 4.8e13],
    [3.9, 17.1, 2.3e13],
    [3.6, 20.7, 1.45e13],
    [2.9, 28, 6.4e12],
    [3.95, 30, 7.8e12],
  ])("of %d GW at %d m: the published %d", (power, distance, published) => {
    const uses = "use functions { reactorFlux }";
    const [total] = valuesAt(uses, `reactorFlux(${power} GW, ${distance} m) * 1 cm^2 * 1 s`, [1]);
    expect(difference(total, published)).toBeLessThan(0.03);
  });

  test("leave 1.9 antineutrinos per fission of U-235 for inverse beta decay, and 1.4 of Pu-239", () => {
    const above = (column: number): number =>
      integral(curveOf("reactor-fission.csv", column).filter(([E]) => E >= 1.8));
    const perFission = [6.1676 * above(1), 5.4649 * above(3)];
    // U-235 1.92, Pu-239 1.45 above the threshold (arXiv:hep-ph/0107277).
    expect(difference(perFission[0], 1.92)).toBeLessThan(0.05);
    expect(difference(perFission[1], 1.45)).toBeLessThan(0.05);
  });
});
