/** Files in memory, with folders, and what is offered at a `¦` in a text. */

import type { Host } from "../../compiler/model/model.ts";
import { type Completion, LanguageService } from "../../compiler/service/index.ts";

export type Files = Readonly<Record<string, string>>;

export function hostOf(files: Files): Host {
  return {
    library: "/library",
    readFile: (path) => files[path],
    listFiles: (folder) => {
      const below = Object.keys(files).filter((path) => path.startsWith(`${folder}/`));
      return [...new Set(below.map((path) => path.slice(folder.length + 1).split("/")[0]!))];
    },
  };
}

export const main = "/project/specs/main.sevens";

/** A small library, and a file that declares one of everything and uses some of it. */
export const files: Files = {
  "/project/package.json": "{}",
  "/project/specs/counts.csv": "# counts\nx_us, y\n1, 2\n",
  "/library/nuclei/Cs133.sevens":
    "sevens 1\nuse formfactors { Ball }\nnucleus Cs133 {\n  Z = 55\n  A = 133\n  atomic_mass = 133 u\n" +
    "  parameter Rp = 4.8 fm in 3 fm .. 8 fm\n  parameter Rn = 5 fm +- 0.1 fm in 3 fm .. 8 fm\n" +
    "  protons = Ball(R = Rp)\n  neutrons = Ball(R = Rn)\n}\n",
  "/library/formfactors.sevens":
    "sevens 1\nformfactor Ball(R: length, s: length = 0.9 fm) {\n  F(q) = 1\n}\n",
  "/library/interactions/Weak.sevens":
    "sevens 1\nconstant inner = 1\ninteraction Weak {\n  parameter s2w = 0.2 +- 0.1 in 0 .. 1\n}\n",
};

export const preamble = `sevens 1
use nuclei { Cs133 }
use formfactors { Ball }
use interactions { Weak }
constant two = 2
constant wide = 3 MeV
constant masses = { e: m_e, mu: m_mu, tau: m_tau }
function twice(x: energy, l: flavor): energy = 2*x
table light(n: PE): 1/PE {
  file = "counts.csv"
  columns = x_us, y
}
material CsI = { Cs133: 1 }
/// A light boson.
interaction Boson {
  parameter g = 1e-5 in 1e-7 .. 1 log "coupling"
  parameter M_Zp = 10 MeV in 1 keV .. 1 TeV log
  parameter eps[l, k] = 0 in -1 .. 1
}
interaction Heavier from Boson {
  parameter M_Zp = 1 GeV in 1 keV .. 1 TeV log
}
source Beam {
  input protons: POT
  input distance: length "to the detector"
  parameter yield = 0.1 POT^-1 in 0 POT^-1 .. 1 POT^-1
  fluence = yield * protons/(4*pi*distance^2)
  spectrum[nu_mu](E) = delta(E - 30 MeV)
}
source Second from Beam {
  input delay: time
}
detector Crystal {
  target CsI = 14 kg
  input gain: number
  let mean(T: energy_nr) = 1 PE/keVnr * T
  observable pe: PE {
    value(T) = mean(T)
  }
  observable time: us
}
detector Plain {
  target CsI = 1 kg
}
experiment Run {
  source Beam { protons = 1e23 POT; distance = 20 m }
  detector Crystal { gain = 2 }
  bins pe = [1, 2, 3] PE
  parameter slope = 2 us in 1 us .. 5 us
  background Flat {
    shape(n) = 1/(2 PE)
    total = 4 +- 10%
  }
  background Walls {
    events = [1, 2]
  }
  systematic norm = 10% on signal
}
experiment Again from Run {
  bins time = [0, 6] us
}
`;

/** Everything at a place, as it is offered. */
export function offered(text: string, more: Files = {}): readonly Completion[] {
  const at = text.indexOf("¦");
  const service = new LanguageService(hostOf({ ...files, ...more }));
  service.set(main, text.slice(0, at) + text.slice(at + 1));
  return service.completions(main, at);
}

export const labels = (text: string, more: Files = {}): readonly string[] =>
  offered(text, more).map(({ label }) => label);

/** The text after one of the completions was taken, as editors put it in. */
export function accepted(text: string, label: string, more: Files = {}): string {
  const at = text.indexOf("¦");
  const found = offered(text, more).find((one) => one.label === label);
  if (found === undefined) throw new Error(`\`${label}\` is not offered`);
  return text.slice(0, found.start) + (found.insert ?? label) + text.slice(at + 1);
}
