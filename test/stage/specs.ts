/** Random small specs: interactions, detectors and bins that nobody chose. */
import fc from "fast-check";

/** A spec whose analysis `Fit` has one experiment `One`. */
export interface RandomSpec {
  readonly text: string;
  /** Two sets of values of its parameters, in their units. */
  readonly points: readonly Readonly<Record<string, number>>[];
}

const coefficient = fc.integer({ min: -20, max: 20 }).map((n) => n / 10);

/** Charges of the neutrino: polynomials and exponentials of the recoil and of the energy. */
const charge = fc
  .tuple(coefficient, coefficient, coefficient, fc.constantFrom("T/(50 keV)", "E/(20 MeV)", "q/(30 MeV)"))
  .map(
    ([a, b, c, x]) =>
      `  charge[l] += scale*((${a} + ${b}*${x})*Z*Fp(q) + (1 + ${c}*exp(-${x}))*N*Fn(q))
`,
  );

const mediator = fc.tuple(fc.constantFrom("vector", "scalar"), fc.integer({ min: 1, max: 60 })).map(
  ([kind, mass]) => `  parameter g = 2e-5 in 0 .. 1e-3
  mediator X: ${kind} { mass = ${mass} MeV
    coupling = g
    charges = { quarks: 1, nu: 1 } }
`,
);

const formfactor = fc.constantFrom("none", "Helm", "SymmetrizedFermi", "KleinNystrand");

const smearing = fc.constantFrom(
  "value(T) = T",
  "value(T) = T*(0.5 + 0.02*T/keVnr)",
  "density(x | T) = normal_pdf(x, T, width*keVnr)",
  "density(x | T) = gamma_pdf(x, 4, T/4 + 0.2 keVnr)",
);

const efficiency = fc.constantFrom(
  "",
  "efficiency(x) = if x < 4 keVnr then 0.3 else 0.9",
  "efficiency(x) = max(0, 1 - 3 keVnr/x)",
  "efficiency(x) = 1/(1 + exp(-(x - 5 keVnr)/(1 keVnr)))",
);

const edges = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 5 })
  .map((values) => values.sort((a, b) => a - b));

const line = "spectrum[nu_mu](E) = delta(E - 29.8 MeV)";
const spectra = fc.constantFrom(
  line,
  "spectrum[nubar_mu](E) = 64*E^2/m_mu^3*(3/4 - E/m_mu)  for E in 0 MeV .. m_mu/2",
  `${line}\n  spectrum[nu_e](E) = exp(-E/(9 MeV))/(9 MeV)  for E in 1 MeV .. 50 MeV`,
);

export const randomSpecs: fc.Arbitrary<RandomSpec> = fc
  .record({
    charge,
    mediator: fc.option(mediator, { nil: "" }),
    formfactor,
    smearing,
    efficiency,
    edges,
    spectra,
    kinematics: fc.constantFrom("leading", "exact", "spin_half"),
    moves: fc.tuple(coefficient, coefficient, coefficient),
  })
  .map((parts) => {
    const [a, b, c] = parts.moves;
    const withMediator = parts.mediator !== "";
    const withWidth = parts.smearing.includes("width");
    const text = `use formfactors { ${parts.formfactor} }
nucleus Target {
  Z = 32
  A = 73
  atomic_mass = 72.9 u
  parameter R = 4.1 fm in 3 fm .. 6 fm
  protons = ${parts.formfactor}(R = 4.1 fm)
  neutrons = ${parts.formfactor}(R = R)
}
interaction Odd {
  parameter scale = 1 in -3 .. 3
${parts.charge}${parts.mediator}}
source Lamp {
  fluence = 1e14 /cm^2
  ${parts.spectra}
}
detector Box {
  target Target = 10 kg
  parameter width = 2 in 1 .. 4
  observable energy: keVnr {
    ${parts.smearing}
    ${parts.efficiency}
  }
}
experiment One {
  source Lamp
  detector Box
  bins energy = [${parts.edges.join(", ")}] keVnr
  systematic norm = 10% on signal
}
analysis Fit {
  model = Odd
  experiments = One
  kinematics = ${parts.kinematics}
  free Odd.scale
  ${parts.formfactor === "none" ? "" : "free Target.R"}
  ${withMediator ? "free Odd.g" : ""}
  ${withWidth ? "free Box.width" : ""}
}`;
    const moved = {
      "Odd.scale": 1 + a / 4,
      "One.norm": b / 10,
      ...(parts.formfactor === "none" ? {} : { "Target.R": 4.5 + c / 3 }),
      ...(withMediator ? { "Odd.g": 3e-5 + b * 1e-5 } : {}),
      ...(withWidth ? { "Box.width": 2.5 + a / 2 } : {}),
    };
    return { text, points: [{}, moved] };
  });
