/** Specs to begin with. */
export interface Start {
  readonly title: string;
  readonly text: string;
}

export const starts: readonly Start[] = [
  {
    title: "COHERENT CsI[Na], neutron radius",
    text: `sevens 1
use nuclei { Cs133, I127 }
use interactions { StandardModel }
use experiments { CsI2021 }

/// Radius of the neutrons in Cs and I, taken to be the same, from the COHERENT CsI[Na] data.
/// @cite arXiv:2303.09360
analysis NeutronRadius {
  model = StandardModel
  experiments = CsI2021

  /// rms radius of the neutrons in Cs and I
  parameter Rn = 5.06 fm in 3 fm .. 8 fm
  tie Cs133.Rn = Rn
  tie I127.Rn  = Rn
}
`,
  },
  {
    title: "Universal Z′, mass and coupling",
    text: `sevens 1
use interactions { StandardModel, UniversalVector }
use experiments { CsI2021 }

/// A light vector boson that couples to every quark and lepton alike.
analysis ZPrime {
  model = StandardModel + UniversalVector
  experiments = CsI2021
  free UniversalVector.M_Zp in 1 MeV .. 1 GeV
  free UniversalVector.g_Zp in 1e-5 .. 1e-2
}
`,
  },
  {
    title: "B − L on liquid argon",
    text: `sevens 1
use interactions { StandardModel, BMinusL }
use experiments { LAr2020 }

analysis ArgonBL {
  model = StandardModel + BMinusL
  experiments = LAr2020
}
`,
  },
  {
    title: "An interaction of your own",
    text: `sevens 1
use interactions { StandardModel }
use experiments { CsI2021 }

/// A vector boson that sees baryons alone.
interaction Baryonic {
  parameter gB = 2e-4   in 1e-5 .. 1e-2 log
  parameter MB = 50 MeV in 1 MeV .. 10 GeV log
  mediator B: vector { mass = MB; coupling = gB; charges = { quarks: 1/3, leptons: -1 } }
}

analysis BaryonicCsI {
  model = StandardModel + Baryonic
  experiments = CsI2021
  free MB in 1 MeV .. 10 GeV
  free gB in 1e-5 .. 1e-2
}
`,
  },
];
