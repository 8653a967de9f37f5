/** Specs to begin with, for `sevens new`: they compile as they are, and say what to change. */

export const templateKinds = ["interaction", "analysis", "detector"] as const;
export type TemplateKind = (typeof templateKinds)[number];

export const templates: Readonly<Record<TemplateKind, (name: string) => string>> = {
  interaction: (name) => `sevens 1
use interactions { StandardModel }
use experiments { CsI2021 }

/// A light vector boson that couples to every quark and every neutrino. Say here what the model is,
/// with the paper that it comes from:  @cite arXiv:2202.11002
interaction ${name} {
  // A parameter has a value with its unit and a range; with \`log\` it is scanned in its logarithm.
  parameter g    = 1e-5   in 1e-7 .. 1e-2     log "coupling"
  parameter M_Zp = 30 MeV in 1 MeV .. 100 GeV log "mass of the boson"

  // The charges are the whole model: quarks or u, d, s, ...; nu or e, mu, tau.
  mediator Zp: vector {
    mass = M_Zp
    coupling = g
    charges = { quarks: 1, nu: 1 }
  }

  // Any other formula does as well, in E, T, q, Z, N, M, Fp(q), Fn(q), with hbar = c = 1:
  //   charge[l] += ...    adds to the weak charge of flavour l, and interferes
  //   dsigma/dT += ...    adds to the cross section
}

/// What the COHERENT CsI data say about the coupling, at the mass given above.
analysis ${name}Coupling {
  model = StandardModel + ${name}
  experiments = CsI2021
  free ${name}.g
  interval = 90%
}
`,

  analysis: (name) => `sevens 1
use nuclei { Cs133, I127 }
use interactions { StandardModel }
use experiments { CsI2021 }

/// A fit of the radius of the neutron distribution. Say here what is fitted.
analysis ${name} {
  // Interactions are added up: \`StandardModel + MyModel\`. Experiments are fitted together: \`CsI2021, Other\`.
  model = StandardModel
  experiments = CsI2021

  // A parameter of the analysis itself is free. Ties make others follow it.
  parameter Rn = 5 fm in 3 fm .. 8 fm "rms radius of the neutrons"
  tie Cs133.Rn = Rn
  tie I127.Rn  = Rn

  // Parameters of what the analysis uses are fixed at their values, unless it says otherwise:
  //   free s2w in 0 .. 0.5      fitted
  //   profile s2w               fitted within the error that it has
  //   fix s2w = 0.23            another value
  // Systematics and backgrounds with an error are always profiled.

  interval = 68.27%, 90%
}
`,

  detector: (name) => `sevens 1
use materials { Ge }
use interactions { StandardModel }
use sources { SNS }

/// A germanium detector that measures ionisation energy. Say here what the detector is.
detector ${name} {
  target Ge = 10 kg

  // A parameter with an error can become a nuisance: \`profile ${name}.k\` in an analysis.
  parameter k = 0.16 +- 0.01 in 0.05 .. 0.3 "quenching factor"

  /// from nuclear recoil energy to electron-equivalent energy
  let Eee(T: energy_nr) = k * T * keVee/keVnr

  // What is measured of each event, with its resolution and efficiency.
  observable energy: keVee {
    density(x | T) = normal_pdf(x, Eee(T), 0.15 keVee)
    efficiency(x)  = if x < 0.5 keVee then 0 else 0.95
  }
}

/// The detector at a source, for an exposure. Without \`data\` it is a projection.
experiment ${name}Run {
  source SNS {
    protons = 1.5e23 POT
    distance = 20 m
  }
  detector ${name}
  bins energy = [0.5 .. 3 step 0.25, 4, 6] keVee

  // A shape is normalised over the bins.
  background Flat {
    shape(x) = 1 /keVee
    total = 60 +- 10%
  }
  systematic flux = 10% on signal
}

/// How well the weak mixing angle would be measured.
analysis ${name}Sensitivity {
  model = StandardModel
  experiments = ${name}Run
  free s2w in 0 .. 0.5
  profile ${name}.k
  interval = 68.27%
  data = asimov
}
`,
};
