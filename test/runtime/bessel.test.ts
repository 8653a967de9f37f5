import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dsphere, fermi, fermi_x, fermi_y, j0, j1, sphere } from "../../runtime/bessel.ts";
import { hbarc } from "../../runtime/constants.ts";
import { integrate } from "../../runtime/quadrature.ts";
import { expectClose, slope } from "./close.ts";
import { type FormFactorPoint, needsReference, reference } from "./reference.ts";

// [x, sphere, its derivative], mpmath with 50 digits
const SPHERE = [
  [0.001, 0.9999999000000036, -0.00019999998571428612],
  [0.5, 0.9752221838163995, -0.09822663964796048],
  [1.9999, 0.6531264293735627, -0.29766614772666333],
  [2.0001, 0.6530668949888839, -0.29767769828972007],
  [4, 0.0870830619443681, -0.20721276432851263],
  [30, -0.0006239527911911537, -0.0032310434678570906],
] as const;

// [x, y, fermi], mpmath with 50 digits
const FERMI = [
  [1e-4, 1e-5, 0.9999999989766667],
  [0.01, 0.003, 0.9999879000579891],
  [0.3, 0.1, 0.9887184310639984],
  [1, 0.9999, 0.7206468503632356],
  [1.9999, 1, 0.5172717320135202],
  [2.0001, 3.9999, 0.049162029867010605],
  [2.5, 4.0001, 0.03476617219347219],
  [10, 0.5, 0.02240273642092475],
  [4.2, 1.1, 0.026883099836884736],
  [30, 30, -1.0689054329996781e-14],
  [0.001, 20, 1.1748573866547843e-8],
  [25, 0.001, -0.004783184236583448],
] as const;

// [x, y, derivative by x, derivative by y], mpmath with 50 digits
const FERMI_SLOPES = [
  [0.01, 0.003, -0.0019999818572138516, -0.0013999831572279985],
  [0.3, 0.1, -0.059487649406696146, -0.04613594444611763],
  [1, 0.9999, -0.15132425766760677, -0.31360256734222164],
  [1.9999, 1, -0.24142905410195428, -0.23211219658212098],
  [2.0001, 3.9999, -0.02815959394840405, -0.046619953868871224],
  [4.2, 1.1, -0.13834421704648486, -0.02948827706893389],
  [30, 30, -7.137711117455249e-15, 1.0380866749345052e-14],
] as const;

// a handful of ../shared/reference/cross-sections.json
const FORM_FACTORS: readonly FormFactorPoint[] = [
  { kind: "helm", R_fm: 3.448, q_MeV: 0.01, F: 0.999999994911 },
  { kind: "helm", R_fm: 5.09, q_MeV: 50, F: 0.750517170941 },
  { kind: "helm", R_fm: 5.77, q_MeV: 150, F: -0.0646505903935 },
  { kind: "symmetrized-fermi", R_fm: 3.448, q_MeV: 1, F: 0.999949113716 },
  { kind: "symmetrized-fermi", R_fm: 4.821, q_MeV: 50, F: 0.774312679258 },
  { kind: "symmetrized-fermi", R_fm: 5.09, q_MeV: 150, F: -0.0226593276725 },
  { kind: "klein-nystrand", R_fm: 3.55, q_MeV: 100, F: 0.571163098023 },
  { kind: "klein-nystrand", R_fm: 5.77, q_MeV: 20, F: 0.944234353163 },
];

/** The form factors of the field, made of the kernels as a spec makes them. */
function formFactor(kind: string, radius: number, momentum: number): number {
  const q = momentum / hbarc;
  if (kind === "helm")
    return sphere(q * Math.sqrt((5 / 3) * (radius ** 2 - 3 * 0.81))) * Math.exp(-((q * 0.9) ** 2) / 2);
  if (kind === "klein-nystrand") {
    return sphere(q * Math.sqrt((5 / 3) * (radius ** 2 - 6 * 0.49))) / (1 + (q * 0.7) ** 2);
  }
  const a = 2.3 / (4 * Math.log(3));
  const c = Math.sqrt((5 / 3) * (radius ** 2 - (7 / 5) * (Math.PI * a) ** 2));
  return fermi(q * c, Math.PI * q * a);
}

const argument = fc.double({ min: 0, max: 30, noNaN: true });

describe("spherical Bessel functions", () => {
  it("agree with 50-digit arithmetic", () => {
    for (const [x, value, derivative] of SPHERE) {
      expectClose(sphere(x), value, 1e-14);
      expectClose(dsphere(x), derivative, 1e-14);
      expectClose(j1(x), (x * value) / 3, 1e-14);
      expectClose(j0(x), Math.sin(x) / x, 1e-15);
    }
  });

  it("have their limits at zero", () => {
    expect([j0(0), j1(0), sphere(0), dsphere(0)]).toEqual([1, 0, 1, -0]);
  });

  it("are even or odd", () => {
    fc.assert(
      fc.property(argument, (x) => {
        expect(sphere(-x)).toBe(sphere(x));
        expect(j0(-x)).toBe(j0(x));
        expect(j1(-x)).toBe(-j1(x));
      }),
    );
  });

  it("obey the recurrence j₀ + j₂ = 3 j₁/x", () => {
    fc.assert(fc.property(argument, (x) => expectClose(j0(x) - (x * dsphere(x)) / 3, sphere(x), 0, 1e-15)));
  });

  it("sphere is the transform of a homogeneous ball", () => {
    for (const x of [0.3, 1.9, 2.1, 7]) {
      const transform = integrate((r) => 3 * r * r * (Math.sin(x * r) / (x * r)), 0, 1, { relative: 1e-13 });
      expectClose(sphere(x), transform.value, 1e-13, 1e-15);
    }
  });
});

describe("symmetrised Fermi kernel", () => {
  it("agrees with 50-digit arithmetic", () => {
    for (const [x, y, value] of FERMI) expectClose(fermi(x, y), value, 1e-13);
  });

  it("has derivatives that agree with 50-digit arithmetic", () => {
    for (const [x, y, byX, byY] of FERMI_SLOPES) {
      expectClose(fermi_x(x, y), byX, 1e-13);
      expectClose(fermi_y(x, y), byY, 1e-13);
    }
  });

  it("has derivatives that agree with differences everywhere", () => {
    fc.assert(
      fc.property(argument, argument, (x, y) => {
        expectClose(
          fermi_x(x, y),
          slope((t) => fermi(t, y), x, 1e-3),
          0,
          1e-11,
        );
        expectClose(
          fermi_y(x, y),
          slope((t) => fermi(x, t), y, 1e-3),
          0,
          1e-11,
        );
      }),
    );
  });

  it("is a sphere without diffuseness and 1 at zero", () => {
    expect(fermi(0, 0)).toBe(1);
    expect(fermi(1e-200, 1e-200)).toBe(1);
    fc.assert(fc.property(argument, (x) => expectClose(fermi(x, 0), sphere(x), 1e-15)));
  });

  it("stays finite for a huge diffuseness", () => {
    expect(fermi(3, 1e4)).toBe(0);
  });

  it("is the transform of the density sinh(c/a)/(cosh(r/a) + cosh(c/a))", () => {
    const [c, a] = [5.6, 0.52];
    const density = (r: number): number => Math.sinh(c / a) / (Math.cosh(r / a) + Math.cosh(c / a));
    const moment = (f: (r: number) => number): number =>
      integrate((r) => r * r * density(r) * f(r), 0, 40, { relative: 1e-13, splits: [c, 10] }).value;
    const norm = moment(() => 1);
    for (const q of [0.05, 0.3, 0.8]) {
      expectClose(fermi(q * c, Math.PI * q * a), moment((r) => j0(q * r)) / norm, 1e-12, 1e-14);
    }
  });
});

describe("form factors", () => {
  it("agree with the values copied from the reference code", () => {
    for (const { kind, R_fm, q_MeV, F } of FORM_FACTORS)
      expectClose(formFactor(kind, R_fm, q_MeV), F, 0, 1e-12);
  });

  it.skipIf(reference === undefined)(
    `agree with all of the reference code's values ${needsReference}`,
    () => {
      const points = reference?.form_factors.points ?? [];
      expect(points.length).toBeGreaterThan(100);
      for (const { kind, R_fm, q_MeV, F } of points) {
        if (kind !== "none") expectClose(formFactor(kind, R_fm, q_MeV), F, 0, 1e-12);
      }
    },
  );
});
