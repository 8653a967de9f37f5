/** What `explain` says of each staging pass, on specs whose structure is known beforehand. */
import { describe, expect, test } from "vitest";
import type { ExplainedPasses } from "../../compiler/explain/index.ts";
import { explainPasses } from "../../compiler/explain/passes.ts";
import { compiled, modelOfText } from "../physics/compile.ts";

interface Parts {
  readonly charge: string;
  readonly observable?: string;
  readonly analysis: string;
  readonly nucleus?: string;
}

/** One nucleus, one source with a line and a continuum, one observable. */
function passesOf({ charge, observable, analysis, nucleus }: Parts): ExplainedPasses {
  const text = `use formfactors { Helm }
nucleus Target {
  Z = 32
  A = 73
  atomic_mass = 72.9 u
  parameter R = 4.1 fm in 3 fm .. 6 fm
  protons = Helm(R = 4.1 fm)
  neutrons = Helm(R = ${nucleus ?? "4.4 fm"})
}
interaction Odd {
  parameter g = 1 in -3 .. 3
  parameter h = 1 in -3 .. 3
  charge[l] += ${charge}
}
source Lamp {
  fluence = 1e14 /cm^2
  spectrum[nu_mu](E) = delta(E - 29.8 MeV)
  spectrum[nu_e](E) = 192*E^2/m_mu^3*(1/2 - E/m_mu)  for E in 0 MeV .. m_mu/2
}
detector Box {
  target Target = 10 kg
  parameter shift = 0 in -1 .. 1
  parameter width = 2 in 1 .. 4
  observable energy: keVnr {
    ${observable ?? "density(x | T) = normal_pdf(x, T, 2 keVnr)"}
  }
}
experiment One {
  source Lamp
  detector Box
  bins energy = [5, 10, 20] keVnr
}
analysis Fit {
  model = Odd
  experiments = One
  ${analysis}
}`;
  const { unit } = compiled(modelOfText(text));
  const names = new Map(unit.emitted.form.parameters.map(({ parameter, name }) => [parameter.name, name]));
  return explainPasses(unit, (name) => names.get(name) ?? name);
}

function over(passes: ExplainedPasses, purpose: string) {
  const found = passes.separation.find((one) => one.purpose === purpose);
  if (found === undefined) throw new Error(`no integrals of purpose ${purpose}`);
  return found;
}

describe("couplings in a charge", () => {
  const passes = passesOf({ charge: "g*Z*Fp(q) + h*N*Fn(q)", analysis: "free g\n  free h" });

  test("every integral is done once", () => {
    for (const { integrals, once, again } of passes.separation) {
      expect([once, again]).toEqual([integrals, []]);
    }
    expect(over(passes, "energy").integrals).toBe(2);
  });

  test("the counts are templates, one for each product of the couplings", () => {
    const [only, ...others] = passes.templates;
    expect(others).toEqual([]);
    expect(only?.labels).toHaveLength(2);
    expect([...(only?.coefficients ?? [])].sort()).toEqual(["g*h", "g^2", "h^2"]);
    expect(over(passes, "recoil").integrals).toBe(6);
  });

  test("derivatives are there for what is fitted", () => {
    expect(passes.differentiation).toEqual({ parameters: ["g", "h"], missing: null });
  });

  test("quadrature is the one of the kernel", () => {
    const { precision, reached, rules } = passes.quadrature;
    expect(precision).toBe(1e-6);
    expect(reached).toBeLessThan(1e-6);
    const recoil = rules.find(({ purpose }) => purpose === "recoil");
    expect(recoil).toMatchObject({ integrals: 6, variables: ["u_Target"] });
    const [least = 0, most = 0] = recoil?.order ?? [];
    expect(most).toBeGreaterThanOrEqual(least);
    expect(recoil?.nodes).toBeLessThanOrEqual(most * (recoil?.panels ?? 0));
  });
});

describe("what keeps an integral from being done once", () => {
  test("a radius in the form factor, with the line of its formula", () => {
    const passes = passesOf({ charge: "g*Z*Fp(q) + N*Fn(q)", analysis: "free Target.R", nucleus: "R" });
    const recoil = over(passes, "recoil");
    expect(recoil).toMatchObject({ integrals: 2, once: 0 });
    expect(recoil.again).toHaveLength(1);
    expect([...(recoil.again[0]?.labels ?? [])].sort()).toEqual([
      "events_nu_e_Target",
      "events_nu_mu_Target",
    ]);
    expect(recoil.again[0]?.parameters).toEqual(["Target.R"]);
    expect(recoil.again[0]?.prevented).toEqual([
      {
        what: "sphere(…)",
        parameters: ["Target.R"],
        place: expect.stringMatching(/^formfactors\.sevens:\d+$/),
        formula: expect.stringMatching(/^F\(q\) = sphere/),
      },
    ]);
    expect(over(passes, "energy").once).toBe(2);
    expect(passes.templates).toEqual([{ labels: expect.any(Array), coefficients: null }]);
  });

  test("an energy scale under an exponential, with the line of the charge", () => {
    const passes = passesOf({ charge: "exp(-g*E/(20 MeV))*N*Fn(q)", analysis: "free g" });
    const energy = over(passes, "energy");
    expect(energy).toMatchObject({ integrals: 2, once: 0 });
    expect(energy.again[0]?.prevented).toMatchObject([
      { what: "exp(…)", parameters: ["g"], place: "in-a-test.sevens:14" },
    ]);
  });

  test("a width in the response", () => {
    const observable = "density(x | T) = normal_pdf(x, T, width*keVnr)";
    const passes = passesOf({ charge: "N*Fn(q)", analysis: "free width", observable });
    expect(over(passes, "observable").again[0]).toMatchObject({
      parameters: ["width"],
      prevented: [{ what: "exp(…)", parameters: ["width"], place: "in-a-test.sevens:26" }],
    });
  });
});

describe("split points", () => {
  test("a threshold that a parameter moves is followed, one that is fixed is a number", () => {
    const efficiency = (at: string): string =>
      `density(x | T) = normal_pdf(x, T, 2 keVnr)
    efficiency(x) = if x < ${at} then 0 else 1`;
    const charge = "N*Fn(q)";
    const fixed = passesOf({ charge, analysis: "free Box.shift", observable: efficiency("7 keVnr") });
    expect(fixed.splits.filter(({ purpose }) => purpose === "observable")).toMatchObject([
      { cause: "condition", what: "if …", fixed: 1, moving: 0, parameters: [], place: "in-a-test.sevens:27" },
    ]);
    const moved = passesOf({
      charge,
      analysis: "free Box.shift",
      observable: efficiency("(7 + shift)*keVnr"),
    });
    expect(moved.splits.filter(({ purpose }) => purpose === "observable")).toMatchObject([
      { cause: "condition", fixed: 0, moving: 1, parameters: ["Box.shift"] },
    ]);
  });

  test("the end of a line and a narrow peak", () => {
    const observable = "density(x | T) = normal_pdf(x, T, 0.02 keVnr)";
    const { splits } = passesOf({ charge: "N*Fn(q)", analysis: "free g", observable });
    const causes = new Set(splits.map(({ purpose, cause }) => `${purpose} ${cause}`));
    expect([...causes]).toEqual(
      expect.arrayContaining(["recoil limit", "recoil peak", "recoil condition", "observable peak"]),
    );
  });
});

test("a function without a derivative is named with its line", () => {
  const { differentiation } = passesOf({ charge: "N*Fn(q)*trigamma(1 + g*g)", analysis: "free g" });
  expect(differentiation).toEqual({
    parameters: [],
    missing: {
      function: "trigamma",
      place: "in-a-test.sevens:14",
      formula: expect.stringMatching(/^charge/),
    },
  });
});

test("common factors of a sum are taken out", () => {
  const { factoring } = passesOf({ charge: "g*N*Fn(q)*(1 + h*T/(20 keV))", analysis: "free g\n  free h" });
  expect(factoring.sums).toBeGreaterThan(0);
  expect(factoring.factors).toBeGreaterThanOrEqual(factoring.sums);
});
