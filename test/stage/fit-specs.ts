/** Random fits: two nuclei, tied radii, couplings in flavour, a mediator of free mass, nuisances of the response. */
import fc from "fast-check";
import type { RandomSpec } from "./specs.ts";

/** Text for each block of the spec, and where its parameters are moved to. */
interface Part {
  readonly interaction?: string;
  readonly detector?: string;
  readonly observables?: string;
  readonly bins?: string;
  readonly experiment?: string;
  readonly analysis: readonly string[];
  readonly moves: Readonly<Record<string, number>>;
}

const nothing: Part = { analysis: [], moves: {} };
const tenths = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: 10 * min, max: 10 * max }).map((n) => n / 10);

const formfactors = fc.constantFrom("Helm", "SymmetrizedFermi", "KleinNystrand", "Gaussian");

/** Radii free one by one, as one number with a fixed ratio, or as a function of the other. */
const radii = fc
  .tuple(fc.constantFrom("apart", "together", "one"), tenths(-0.4, 0.5))
  .map(([how, d]): Part => {
    switch (how) {
      case "together":
        return {
          analysis: ["parameter Rn = 4.6 fm in 3 fm .. 6 fm", "tie Heavy.R = Rn", "tie Light.R = 0.6*Rn"],
          moves: { Rn: 4.6 + d },
        };
      case "one":
        return {
          analysis: ["free Heavy.R", "tie Light.R = Heavy.R^2/(8 fm)"],
          moves: { "Heavy.R": 4.8 + d },
        };
      default:
        return {
          analysis: ["free Heavy.R", "free Light.R"],
          moves: { "Heavy.R": 4.8 - d, "Light.R": 3 + d },
        };
    }
  });

/** Amplitudes between flavours, of which two are fitted and one follows. */
const matrix = tenths(-0.5, 0.5).map(
  (value): Part => ({
    interaction: `parameter eps[l, k] = 0 in -2 .. 2
  charge[l -> k] += eps[l, k]*(Z*Fp(q) + 2*N*Fn(q))`,
    analysis: ["free Odd.eps[e, e]", "free Odd.eps[e, mu]", "tie Odd.eps[e, tau] = Odd.eps[e, mu]/2"],
    moves: { "Odd.eps[e,e]": value, "Odd.eps[e,mu]": 0.3 - value },
  }),
);

const mediator = fc
  .tuple(
    fc.constantFrom("vector", "scalar"),
    fc.integer({ min: 5, max: 60 }),
    fc.integer({ min: -2, max: 2 }),
  )
  .map(
    ([kind, mass, charge]): Part => ({
      interaction: `parameter g = 3e-5 in 0 .. 1e-3
  parameter mX = ${mass} MeV in 1 MeV .. 1 GeV log
  mediator X: ${kind} {
    mass = mX
    coupling = g
    charges = { u: ${charge}, d: 1, nu: 1, nu_e: -1 }
  }`,
      analysis: ["free Odd.g", "free Odd.mX"],
      moves: { "Odd.g": 4e-5, "Odd.mX": 1.3 * mass },
    }),
  );

/** A coupling that is neither a polynomial nor separable from the energies. */
const range = fc.constantFrom("q/(60 MeV)", "E/(30 MeV)", "T/(80 keV)").map(
  (x): Part => ({
    interaction: `parameter r = 0.5 in 0 .. 2
  charge[l] += 0.1*N*Fn(q)*exp(-r*${x})`,
    analysis: ["free Odd.r"],
    moves: { "Odd.r": 0.9 },
  }),
);

const smeared: Part = {
  detector: `parameter k = 0.2 +- 0.02 in 0.1 .. 0.3
  parameter width = 0.5 +- 0.05 in 0.3 .. 0.8
  let Eee(T: energy_nr) = (k + 0.002*T/keVnr)*T*keVee/keVnr`,
  observables: `observable energy: keVee {
    density(x | T) = normal_pdf(x, Eee(T), width*keVee)
    efficiency(x) = 1/(1 + exp(-(x - 2 keVee)/(0.6 keVee)))
  }`,
  bins: "bins energy = [1, 3, 8] keVee",
  analysis: ["profile Box.k", "profile Box.width"],
  moves: { "Box.k": 0.215, "Box.width": 0.58 },
};

const threshold: Part = {
  detector: `parameter cut = 2 +- 0.2 in 1 .. 3
  parameter light = 1 +- 0.1 in 0.5 .. 2`,
  observables: `observable energy: keVee {
    density(x | T) = gamma_pdf(x, 5 + T/(4 keVnr), light*keVee/(1 + T/(50 keVnr)))
    efficiency(x) = if x < cut*keVee then 0 else 1 - 0.3*exp(-x/(4 keVee))
  }`,
  bins: "bins energy = [1, 4, 9] keVee",
  analysis: ["profile Box.cut", "profile Box.light"],
  moves: { "Box.cut": 2.3, "Box.light": 1.1 },
};

const sharp: Part = {
  detector: "parameter k = 0.2 +- 0.02 in 0.1 .. 0.3",
  observables: `observable energy: keVee {
    value(T) = k*T*keVee/keVnr
    efficiency(x) = max(0, 1 - 1.5 keVee/x)
  }`,
  bins: "bins energy = [1, 3, 6] keVee",
  analysis: ["profile Box.k"],
  moves: { "Box.k": 0.215 },
};

const times: Part = {
  detector: "parameter onset = 0 +- 0.05 in -0.3 .. 0.3",
  observables: `observable time: us {
    density(t) = arrival(t - onset*us)
    efficiency(t) = if t < 1.2 us then 1 else exp(-(t - 1.2 us)/(9 us))
  }`,
  bins: "bins time = [0, 0.8, 3] us",
  analysis: ["profile Box.onset"],
  moves: { "Box.onset": -0.06 },
};

const withBackground: Part = {
  experiment: `parameter slope = 0.2 +- 0.05 in 0 .. 1
  background Soft {
    shape(ARGUMENTS) = exp(-slope*x/keVee)
    total = 30 +- 20%
  }`,
  analysis: ["profile One.slope"],
  moves: { "One.slope": 0.3, "One.Soft": 0.4 },
};

function optional(part: fc.Arbitrary<Part>): fc.Arbitrary<Part> {
  return fc.option(part, { nil: nothing });
}

/** Specs whose analysis `Fit` has one experiment `One` without data. */
export const randomFits: fc.Arbitrary<RandomSpec> = fc
  .record({
    formfactors: fc.tuple(formfactors, formfactors),
    radii,
    matrix: optional(matrix),
    mediator: optional(mediator),
    range: optional(range),
    response: fc.constantFrom(smeared, threshold, sharp),
    times: fc.constantFrom(times, nothing),
    background: fc.constantFrom(withBackground, nothing),
    line: fc.boolean(),
    kinematics: fc.constantFrom("leading", "exact", "spin_half"),
  })
  .map(({ formfactors: [heavy, light], line, kinematics, times: time, ...rest }) => {
    const parts = [rest.radii, rest.matrix, rest.mediator, rest.range, rest.response, time, rest.background];
    const join = (field: "interaction" | "detector" | "observables" | "bins" | "experiment"): string =>
      parts.flatMap((part) => part[field] ?? []).join("\n  ");
    const shape = time === nothing ? "x" : "x, t";
    const perTime = time === nothing ? "/keVee" : "/keVee/us";
    const text = `use formfactors { Helm, SymmetrizedFermi, KleinNystrand }
formfactor Gaussian(R: length) { F(q) = exp(-(q*R)^2/6) }
${nucleus("Heavy", 55, 133, "4.8 fm", heavy)}
${nucleus("Light", 11, 23, "3 fm", light)}
material Salt = { Heavy: 1, Light: 2 }
interaction Odd {
  parameter s2w = 0.23 in 0 .. 0.5
  charge[l] += (1/2 - 2*s2w)*Z*Fp(q) - N*Fn(q)/2
  ${join("interaction")}
}
source Lamp {
  fluence = 1e14 /cm^2
  ${line ? "spectrum[nu_mu](E) = delta(E - 29.8 MeV)\n  arrival[nu_mu](t) = emg_pdf(t, 0.5 us, 0.15 us, 26 ns)" : ""}
  spectrum[nu_e](E) = 192*E^2/m_mu^3*(1/2 - E/m_mu)  for E in 0 MeV .. m_mu/2
  arrival[nu_e](t) = emg2_pdf(t, 0.5 us, 0.15 us, 26 ns, 2197 ns)
}
detector Box {
  target Salt = 20 kg
  ${join("detector")}
  ${join("observables")}
}
experiment One {
  source Lamp
  detector Box
  ${join("bins")}
  ${join("experiment").replace("ARGUMENTS", shape).replace("slope*x/keVee)", `slope*x/keVee)${perTime}`)}
  systematic norm = 10% on signal
}
analysis Fit {
  model = Odd
  experiments = One
  kinematics = ${kinematics}
  free Odd.s2w
  ${parts.flatMap(({ analysis }) => analysis).join("\n  ")}
}`;
    const moves = Object.assign({ "Odd.s2w": 0.26, "One.norm": -0.1 }, ...parts.map((part) => part.moves));
    return { text, points: [{}, moves] };
  });

function nucleus(name: string, Z: number, A: number, R: string, formfactor: string): string {
  return `nucleus ${name} {
  Z = ${Z}
  A = ${A}
  atomic_mass = ${A - 0.1} u
  parameter R = ${R} in 2 fm .. 7 fm
  protons = Helm(R = ${R})
  neutrons = ${formfactor}(R = R)
}`;
}
