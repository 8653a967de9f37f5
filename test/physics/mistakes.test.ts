/**
 * Mistakes seen in public codes of the field (section 8 of the physics notes), each made impossible or measured.
 * Those that are refused with a diagnostic have programs of their own in `test/bad`; here one of each kind is shown.
 */
import { describe, expect, test } from "vitest";
import { check, crossSectionTable, loadText } from "../../compiler/index.ts";
import { m_mu, T_max } from "../../runtime/index.ts";
import { compiled, countsOf, difference, host, modelOfText, root, sum } from "./compile.ts";

const fermi = 1.1663788e-11;
const squareCentimetres = 3.89379371938e-22;
const unit = 931.49410242;
const electron = 0.51099895;

const nucleus = (name: string, Z: number, A: number, mass: number, formfactor = "none"): string => `
nucleus ${name} {
  Z = ${Z}
  A = ${A}
  atomic_mass = ${mass} u
  parameter R = 4.5 fm in 3 fm .. 7 fm
  protons = ${formfactor}(R = R)
  neutrons = ${formfactor}(R = R)
}`;

const common = `use formfactors { none, Helm }
use interactions { TreeLevel }
${nucleus("Heavy", 55, 133, 132.9)}
${nucleus("Light", 18, 40, 39.96)}
${nucleus("Extended", 55, 133, 132.9, "Helm")}
source Line {
  fluence = 1e14 /cm^2
  spectrum[nu_mu](E) = delta(E - 30 MeV)
}
`;

function massOf(Z: number, atomicMass: number): number {
  return atomicMass * unit - Z * electron;
}

const experiment = (target: string, bins: string, extra = ""): string => `${common}${extra}
detector Box {
  target ${target} = 10 kg
  observable energy: keVnr { value(T) = T }
}
experiment One {
  source Line
  detector Box
  bins energy = [${bins}] keVnr
}`;

const countsIn = (text: string): readonly number[] =>
  countsOf(compiled(modelOfText(text)).analysis).components.CEvNS ?? [];

describe("kinematics", () => {
  const end = T_max(30, massOf(55, 132.9));

  test("beyond T_max the cross section is zero, not negative", () => {
    const model = modelOfText(common);
    const T = [end * 0.999999, end * 1.000001, end * 1.5, 1];
    const request = { nuclei: ["Heavy"], sources: [], species: ["nu_mu"] as const, E: [30], T };
    const [inside, ...outside] = crossSectionTable(model, request).points.map((one) => one.dsigma_dT);
    expect(inside).toBeGreaterThan(0);
    expect(outside).toEqual([0, 0, 0]);
  });

  test("bins end exactly at the end point: nothing above, something just below", () => {
    const keV = end * 1e3;
    const [below, above] = countsIn(experiment("Heavy", `${keV * 0.9999}, ${keV}, ${keV * 2}`));
    expect(below).toBeGreaterThan(0);
    expect(Math.abs(above ?? Number.NaN)).toBeLessThan((below ?? 0) * 1e-9);
  });

  test("the spectra of muon decay end at m_mu/2 = 52.83 MeV", () => {
    const keV = T_max(m_mu / 2, massOf(55, 132.9)) * 1e3;
    const text = experiment("Heavy", `${keV * 0.995}, ${keV}, ${keV * 2}`).replace(
      "spectrum[nu_mu](E) = delta(E - 30 MeV)",
      "spectrum[nubar_mu](E) = 64*E^2/m_mu^3*(3/4 - E/m_mu)  for E in 0 MeV .. m_mu/2",
    );
    const [below, above] = countsIn(text);
    expect(below).toBeGreaterThan(0);
    expect(Math.abs(above ?? Number.NaN)).toBeLessThan((below ?? 0) * 1e-9);
  });

  test("the whole recoil spectrum is integrated: sigma of a point-like nucleus has a closed form", () => {
    const model = modelOfText(common);
    const { averages } = crossSectionTable(model, { nuclei: ["Heavy"], sources: ["Line"] });
    const M = massOf(55, 132.9);
    const weak = (1 / 2 - 2 * 0.23857) * 55 - 78 / 2;
    const exact = ((fermi ** 2 * M * weak ** 2) / Math.PI) * (end - (M * end ** 2) / (4 * 30 ** 2));
    expect(difference(averages[0]?.sigma, exact * squareCentimetres)).toBeLessThan(1e-8);
  });
});

describe("species", () => {
  /** Mean energy of the flavours that a probe sees, over the three species of the source. */
  const mean = (flavour: string): number => {
    const model = modelOfText(`${common}
use sources { SNS }
interaction Probe { dsigma/dT [${flavour}] += E/MeV^4*(M + 2*E)/(2*E^2)*MeV }`);
    const { averages } = crossSectionTable(model, {
      interactions: ["Probe"],
      nuclei: ["Heavy"],
      sources: ["SNS"],
    });
    return (3 * (averages[0]?.sigma ?? Number.NaN)) / squareCentimetres;
  };

  test("nu_e and nubar_mu are not swapped: means of 3/5 and 7/10 of m_mu/2", () => {
    const line = (139.57039 ** 2 - m_mu ** 2) / (2 * 139.57039);
    expect(mean("e")).toBeCloseTo((0.6 * m_mu) / 2, 5);
    expect(mean("mu")).toBeCloseTo((0.7 * m_mu) / 2 + line, 5);
  });

  test("neutrinos and antineutrinos have the same coherent cross section", () => {
    const request = { nuclei: ["Heavy"], sources: [], E: [30], T: [0.005] };
    const species = ["nu_mu", "nubar_mu"] as const;
    const [a, b] = crossSectionTable(modelOfText(common), { ...request, species }).points;
    expect(a?.dsigma_dT).toBe(b?.dsigma_dT);
  });
});

describe("targets", () => {
  const bins = "1, 5, 12, 40";
  const heavy = countsIn(experiment("Heavy", bins));
  const light = countsIn(experiment("Light", bins));

  test("each isotope of a mixture has its own number of atoms, the last one's is not taken for all", () => {
    const share = 0.25;
    const mixture = `material Mixed { mixture = { Heavy: ${share}, Light: ${1 - share} } }`;
    const mean = share * 132.9 + (1 - share) * 39.96;
    countsIn(experiment("Mixed", bins, mixture)).forEach((events, bin) => {
      const expected =
        (heavy[bin] ?? 0) * ((share * 132.9) / mean) + (light[bin] ?? 0) * (((1 - share) * 39.96) / mean);
      expect(difference(events, expected)).toBeLessThan(1e-9);
    });
  });

  test("a compound counts atoms per formula unit", () => {
    const compound = "material Salt = { Heavy: 1, Light: 2 }";
    const mass = 132.9 + 2 * 39.96;
    countsIn(experiment("Salt", bins, compound)).forEach((events, bin) => {
      const expected = (heavy[bin] ?? 0) * (132.9 / mass) + (light[bin] ?? 0) * ((2 * 39.96) / mass);
      expect(difference(events, expected)).toBeLessThan(1e-9);
    });
  });

  test("every nucleus has a radius of its own", () => {
    const text = experiment(
      "Pair",
      bins,
      `${nucleus("Other", 11, 23, 22.99, "Helm")}
material Pair = { Extended: 1, Other: 1 }`,
    );
    const { analysis } = compiled(modelOfText(text));
    const at = (changes: Readonly<Record<string, number>>): number => sum(countsOf(analysis, changes).total);
    const [one, other] = [at({ "Extended.R": 5 }) - at({}), at({ "Other.R": 5 }) - at({})];
    expect(one).toBeLessThan(0);
    expect(other).toBeLessThan(0);
    const both = at({ "Extended.R": 5, "Other.R": 5 }) - at({});
    expect(difference(both, one + other)).toBeLessThan(1e-9);
  });
});

describe("couplings", () => {
  const request = { sources: [], species: ["nu_mu"] as const, E: [30], T: [0.005] };
  const at = (text: string, nuclei: string, interactions: readonly string[]): number =>
    crossSectionTable(modelOfText(text), { ...request, nuclei: [nuclei], interactions }).points[0]
      ?.dsigma_dT ?? Number.NaN;

  test("the form factor enters squared, and falls with the momentum transfer", () => {
    const probe = `${common}interaction Probe { dsigma/dT += Fp(q)/MeV^3 }`;
    const F = at(probe, "Extended", ["Probe"]) / squareCentimetres;
    expect(F).toBeGreaterThan(0);
    expect(F).toBeLessThan(1);
    const ratio = at(common, "Extended", ["TreeLevel"]) / at(common, "Heavy", ["TreeLevel"]);
    expect(difference(ratio, F ** 2)).toBeLessThan(1e-9);
  });

  test("up and down quarks are not mixed up: 2Z + N against Z + 2N", () => {
    const only = (charges: string): string => `${common}interaction Quark {
  mediator X: vector { mass = 10 MeV
    coupling = 1e-4
    charges = { ${charges}, nu: 1 } }
}`;
    const up = at(only("u: 1"), "Heavy", ["Quark"]);
    const down = at(only("d: 1"), "Heavy", ["Quark"]);
    expect(difference(up / down, ((2 * 55 + 78) / (55 + 2 * 78)) ** 2)).toBeLessThan(1e-12);
  });

  test("the Lagrangian fixes the normalisation: eps = g_nu g_q/(sqrt(2) G_F (q^2 + M^2)), no factor of two", () => {
    const text = `${common}interaction Quark {
  mediator X: vector { mass = 10 MeV
    coupling = 1e-4
    charges = { quarks: 1, nu: 1 } }
}`;
    const M = massOf(55, 132.9);
    const T = 0.005;
    const eps = 1e-8 / (Math.SQRT2 * fermi * (2 * M * T + 100));
    const charge = 3 * eps * 133;
    const exact = ((fermi ** 2 * M) / Math.PI) * (1 - (M * T) / (2 * 30 ** 2)) * charge ** 2;
    expect(difference(at(text, "Heavy", ["Quark"]), exact * squareCentimetres)).toBeLessThan(1e-10);
  });
});

describe("integration", () => {
  test("a steep spectrum above a high threshold is not a rectangle rule: the closed form", () => {
    const [low, high, tau] = [2, 10, 0.6];
    const scale = tau * (Math.exp(-low / tau) - Math.exp(-high / tau));
    const text = experiment("Heavy", "0.3, 0.6, 1.2").replace(
      "spectrum[nu_mu](E) = delta(E - 30 MeV)",
      `spectrum[nu_mu](E) = exp(-E/(${tau} MeV))/(${scale} MeV)  for E in ${low} MeV .. ${high} MeV`,
    );
    const M = massOf(55, 132.9);
    const weak = (1 / 2 - 2 * 0.23857) * 55 - 78 / 2;
    const strength = ((fermi ** 2 * M * weak ** 2) / Math.PI) * squareCentimetres * 1e14;
    const atoms = (10_000 / 132.9) * 6.02214076e23;
    /** ∫ (1 - MT/2E²) dT between two recoils. */
    const recoils = (E: number, from: number, to: number): number => {
      const top = Math.min(to, (2 * E ** 2) / (M + 2 * E));
      return top <= from ? 0 : top - from - (M * (top ** 2 - from ** 2)) / (4 * E ** 2);
    };
    const steps = 200_000;
    const step = (high - low) / steps;
    countsIn(text).forEach((found, bin) => {
      const [from, to] = [[3e-4, 6e-4][bin] ?? 0, [6e-4, 1.2e-3][bin] ?? 0];
      let total = 0;
      for (let k = 0; k < steps; k++) {
        const E = low + (k + 0.5) * step;
        total += (Math.exp(-E / tau) / scale) * recoils(E, from, to) * step;
      }
      expect(difference(found, total * strength * atoms)).toBeLessThan(1e-6);
    });
  });

  test("channels add up to the counts: binning drops none of them", () => {
    const text = experiment("Heavy", "0.5, 1, 2, 5, 12, 60")
      .replace(/source Line \{[^}]*\}/, `use sources { SNS }`)
      .replace("source Line", "source SNS { protons = 1e23 POT; distance = 20 m }");
    const { total, channels, components } = countsOf(compiled(modelOfText(text)).analysis);
    const rows = Object.values(channels);
    expect(rows.length).toBe(3);
    total.forEach((count, bin) => {
      expect(
        difference(
          rows.reduce((all, row) => all + (row[bin] ?? 0), 0),
          count,
        ),
      ).toBeLessThan(1e-12);
    });
    expect(sum(components.CEvNS)).toBe(sum(total));
    for (const row of rows) expect(sum(row)).toBeGreaterThan(0);
  });
});

describe("what other codes pass over in silence is an error", () => {
  const errorsOf = (text: string): readonly string[] => {
    const { model, diagnostics } = loadText(`sevens 1\n${text}`, `${root}/examples/wrong.sevens`, host);
    const all = [...diagnostics, ...(model === undefined ? [] : check(model))];
    return all.filter((one) => one.severity === "error").map(({ code }) => code);
  };
  const good = experiment("Heavy", "1, 5, 12");

  test("the program itself is right", () => {
    expect(errorsOf(good)).toEqual([]);
  });

  test.each([
    ["a misspelt field", good.replace("fluence", "fluance")],
    ["an unknown form factor", good.replace("formfactors { none, Helm }", "formfactors { none, Helmm }")],
    ["an unknown isotope", good.replace("target Heavy", "target Heavi")],
    ["a negative mass of the detector", good.replace("= 10 kg", "= -10 kg")],
    ["a mass of the wrong dimension", good.replace("= 10 kg", "= 10 km")],
    ["abundances that do not sum to one", `${good}\nmaterial Bad { mixture = { Heavy: 50%, Light: 40% } }`],
    ["data that do not fill the bins", good.replace("keVnr\n}", "keVnr\n  data = [3, 1, 2]\n}")],
    ["bins that do not rise", good.replace("1, 5, 12", "1, 12, 5")],
    ["a spectrum that does not end", good.replace("delta(E - 30 MeV)", "exp(-E/MeV)/MeV")],
  ])("%s", (_, text) => {
    expect(text).not.toBe(good);
    expect(errorsOf(text)).not.toEqual([]);
  });
});
