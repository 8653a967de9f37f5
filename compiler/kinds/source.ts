import { args, block, exactlyOne, field, formula, kind, name } from "./build.ts";
import { input, letField, parameter } from "./common.ts";

const energy = name("E", "energy", "energy of the neutrino");
const time = name("t", "time", "arrival time");

export const source = kind({
  keyword: "source",
  doc: "Where the neutrinos come from: how many, with which energies and when, per species.",
  block: block(
    [
      input,
      parameter,
      letField("strict"),
      field("fluence", "Neutrinos of each species per area, over the whole exposure.", {
        value: formula("1/length^2", "strict"),
        clauses: ["where"],
        sample: { text: "fluence = 1e15 /cm^2" },
      }),
      field("flux", "Neutrinos of each species per area and time; the experiment gives its `livetime`.", {
        value: formula("1/length^2/time", "strict"),
        clauses: ["where"],
        sample: { text: "flux = 1e13 /cm^2/s" },
      }),
      field(
        "spectrum",
        "Energy spectrum of one species, normalised to the number of its neutrinos in units of the fluence. " +
          "`delta(E - E0)` is a line; `+=` adds a piece.",
        {
          index: { kind: "species" },
          params: args(energy),
          value: formula("1/energy", "natural"),
          operators: ["=", "+="],
          clauses: ["for", "where"],
          required: true,
          sample: { text: "spectrum[nu_e](E) = 0.02/MeV for E in 0 MeV .. 50 MeV" },
          repeatable: true,
        },
      ),
      field("arrival", "Density of the arrival times of one species, normalised over all times.", {
        index: { kind: "species" },
        params: args(time),
        value: formula("1/time", "strict"),
        clauses: ["for", "where"],
        repeatable: true,
      }),
    ],
    { choices: [exactlyOne(["fluence"], ["flux"])] },
  ),
  example: `sevens 1

/// Muon neutrinos from pions that decay at rest.
source PionsAtRest {
  input pions: number "decays during the run"
  input distance: length
  fluence = pions / (4*pi*distance^2)
  spectrum[nu_mu](E) = delta(E - (m_pi^2 - m_mu^2)/(2*m_pi))
}
`,
});
