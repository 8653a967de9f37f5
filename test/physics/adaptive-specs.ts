/** Small detectors and sources, each with another shape that a quadrature can stumble over. */

export interface AdaptiveSpec {
  readonly name: string;
  readonly text: string;
  /** Parameters moved away from their defaults, in their units: the numbers of nodes are chosen at the defaults. */
  readonly changes: Readonly<Record<string, number>>;
}

/** Quickly compiled: tree-level couplings and two nuclei of the reader's own. */
const common = `use interactions { TreeLevel }
use formfactors { Helm }
nucleus Heavy {
  Z = 55
  A = 133
  atomic_mass = 132.9 u
  parameter R = 4.8 fm in 3 fm .. 7 fm
  protons = Helm(R = R)
  neutrons = Helm(R = R)
}
nucleus Light {
  Z = 11
  A = 23
  atomic_mass = 22.99 u
  parameter R = 3 fm in 2 fm .. 5 fm
  protons = Helm(R = R)
  neutrons = Helm(R = R)
}
material Salt = { Heavy: 1, Light: 2 }
source PionDecay {
  fluence = 1e14 /cm^2
  spectrum[nu_mu](E)    = delta(E - (m_pi^2 - m_mu^2)/(2*m_pi))
  spectrum[nubar_mu](E) = 64*E^2/m_mu^3*(3/4 - E/m_mu)  for E in 0 MeV .. m_mu/2
  arrival[nu_mu](t)    = emg_pdf(t, 0.5 us, 0.15 us, 26 ns)
  arrival[nubar_mu](t) = emg2_pdf(t, 0.5 us, 0.15 us, 26 ns, 2197 ns)
}
`;

const smeared: AdaptiveSpec = {
  name: "Gaussian smearing, quenching with a slope, threshold by if",
  text: `${common}
detector Smeared {
  target Salt = 20 kg
  parameter res = 0.4 +- 0.05 in 0.2 .. 0.8
  parameter cut = 2 keVee +- 0.3 keVee in 1 keVee .. 3 keVee
  let Eee(T: energy_nr) = (0.2 + 0.004*T/keVnr)*T*keVee/keVnr
  observable energy: keVee {
    density(x | T) = normal_pdf(x, Eee(T), res*sqrt((Eee(T) + 0.2 keVee)*1 keVee))
    efficiency(x) = if x < cut then 0 else 1 - 0.5*exp(-x/(2 keVee))
  }
}
experiment One {
  source PionDecay
  detector Smeared
  bins energy = [0, 1.5, 3, 6, 12] keVee
}
analysis Fit {
  model = TreeLevel
  experiments = One
  profile Smeared.res
  profile Smeared.cut
  free Heavy.R
}`,
  changes: { "Smeared.res": 0.55, "Smeared.cut": 2.7, "Heavy.R": 6.1 },
};

const sharp: AdaptiveSpec = {
  name: "no smearing, an efficiency in steps, time from a closed form",
  text: `${common}
detector Sharp {
  target Heavy = 10 kg
  parameter scale = 0.08 +- 0.004 in 0.05 .. 0.12
  observable energy: keVee {
    value(T) = scale*T*keVee/keVnr
    efficiency(x) = if x < 0.3 keVee then 0 else if x < 0.7 keVee then x/keVee else 0.7
  }
  observable time: us { density(t) = arrival(t) }
}
experiment One {
  source PionDecay
  detector Sharp
  bins energy = [0.2, 0.5, 1, 2] keVee
  bins time = [0, 0.4, 0.7, 2, 6] us
}
analysis Fit {
  model = TreeLevel
  experiments = One
  profile Sharp.scale
  free Heavy.R
}`,
  changes: { "Sharp.scale": 0.091, "Heavy.R": 5.3 },
};

const tableFlux = (interpolation: string): string => `${common}
table flux(E: MeV): 1/MeV {
  points = [[1.5, 0], [2, 0.42], [3, 0.28], [3.3, 0.21], [5, 0.06], [7, 0.013], [9, 0]]
  interpolation = ${interpolation}
  outside = zero
}
source Reactor {
  flux = 5e13 /cm^2/s
  spectrum[nubar_e](E) = flux(E)
}
detector Cold {
  target Light = 1 kg
  parameter threshold = 0.1 keVnr +- 0.02 keVnr in 0.05 keVnr .. 0.2 keVnr
  observable energy: keVnr {
    density(x | T) = normal_pdf(x, T, 30 eVnr)
    efficiency(x) = 1/(1 + exp(-(x - threshold)/(20 eVnr)))
  }
}
experiment One {
  source Reactor
  detector Cold
  livetime = 30 day
  bins energy = [0.1, 0.3, 0.8, 2, 8] keVnr
}
analysis Fit {
  model = TreeLevel
  experiments = One
  profile Cold.threshold
  free TreeLevel.s2w
}`;

const reactor: AdaptiveSpec = {
  name: "a reactor's table flux with knots, linear between them",
  text: tableFlux("linear"),
  changes: { "Cold.threshold": 0.14, "TreeLevel.s2w": 0.3 },
};

const smoothReactor: AdaptiveSpec = {
  name: "the same with a monotone cubic between the knots",
  text: tableFlux("pchip"),
  changes: { "Cold.threshold": 0.06, "TreeLevel.s2w": 0.1 },
};

const oscillating: AdaptiveSpec = {
  name: "flux that changes on the way, a light mediator and a moment that rises at small recoils",
  text: `${common}
interaction Rich {
  parameter sterile = 0.3 in 0 .. 1
  parameter dm2 = 2 in 0.1 .. 10
  parameter g = 2e-5 in 0 .. 1
  parameter M_Zp = 1 MeV in 0.01 MeV .. 1000 MeV
  parameter moment = 1e-10 in 0 .. 1e-8
  flux[l] *= 1 - sterile*sin(1.267*dm2*20/(E/MeV))^2
  charge[mu -> tau] += 3
  mediator Zp: vector { mass = M_Zp
    coupling = g
    charges = { quarks: 1, leptons: 1 } }
  dsigma/dT += pi*alpha^2/m_e^2*(1/T - 1/E)*Z^2*Fp(q)^2*moment^2
}
detector Counting {
  target Salt = 20 kg
  observable energy: keVnr {
    value(T) = T
    efficiency(x) = max(0, 1 - (2 keVnr/x)^2)
  }
}
experiment One {
  source PionDecay
  detector Counting
  bins energy = [1, 3, 10, 30, 100, 200] keVnr
}
analysis Fit {
  model = TreeLevel + Rich
  experiments = One
  free Rich.sterile
  free Rich.dm2
  free Rich.g
  free Rich.M_Zp
  free Rich.moment
}`,
  changes: {
    "Rich.sterile": 0.8,
    "Rich.dm2": 1.2,
    "Rich.g": 7e-5,
    "Rich.M_Zp": 8,
    "Rich.moment": 2e-9,
  },
};

const narrow: AdaptiveSpec = {
  name: "a resolution a thousand times finer than the bins",
  text: tableFlux("linear").replace("30 eVnr", "4 eVnr"),
  changes: { "Cold.threshold": 0.08 },
};

export const adaptiveSpecs: readonly AdaptiveSpec[] = [
  smeared,
  sharp,
  reactor,
  smoothReactor,
  narrow,
  oscillating,
];
