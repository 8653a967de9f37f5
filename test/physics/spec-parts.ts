/** Parts of specs that several tests begin with; the head line is left to them where a part is not the whole. */

/** A detector whose source is dark: what it counts are its backgrounds. */
export const darkCounter = `use interactions { StandardModel }
use materials { CsI }
source Dark {
  fluence = 0 /cm^2
  spectrum[nu_mu](E) = delta(E - 29.8 MeV)
}
detector Plain {
  target CsI = 1 kg
  observable pe: PE { density(n | T) = normal_pdf(n, T*PE/keVnr, 1 PE) }
}
`;

/** A crystal that smears light, which is a parameter, with the arrival times of its source. */
export const smearingCrystal = `use materials { CsI }
use interactions { StandardModel }
source Beam {
  parameter yield = 1 +- 10%
  fluence = yield * 2.7e22 / (4*pi*(19.3 m)^2)
  spectrum[nu_mu](E) = delta(E - 29.8 MeV)
  spectrum[nu_e](E) = 192*E^2/m_mu^3 * (1/2 - E/m_mu) for E in 0 MeV .. m_mu/2
  arrival[nu_mu](t) = exponential_pdf(t, 0.7 us)
  arrival[nu_e](t) = exponential_pdf(t, 2.2 us)
}
detector Crystal {
  target CsI = 10 kg
  parameter light = 1.2 +- 10%
  observable pe: PE {
    density(n | T) = normal_pdf(n, light * PE/keVnr * T, 2 PE)
    efficiency(n) = 1 - exp(-n/(10 PE))
  }
  observable time: us { density(t) = arrival(t) }
}
`;

/** The Standard Model with the data of COHERENT on CsI, to which an analysis adds what it is about; the whole spec. */
export const csiAnalysis = (name: string, fields: string): string => `sevens 1
use interactions { StandardModel }
use experiments { CsI2021 }
analysis ${name} {
  model = StandardModel
  experiments = CsI2021${fields}
}
`;
