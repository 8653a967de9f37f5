import { diagnostic } from "../diagnostics/index.ts";
import { base, displayUnit } from "../units/index.ts";
import { type Checking, declarationsOf, nameSpan, shown } from "./checking.ts";
import { reachOf } from "./reach.ts";

/** First zero of the form factor of a uniform sphere, as q times its radius. */
const firstZero = 4.4934;

/**
 * Beyond the first minimum of the form factor a nucleus hardly ever stays in its ground state, and what is left of the
 * elastic cross section is not the whole signal.
 */
export function beyondCoherentRange(checking: Checking): void {
  const fm = displayUnit(base.length, "fm").factorToInternal;
  for (const experiment of declarationsOf(checking, "experiment")) {
    for (const reach of reachOf(checking, experiment)) {
      const over = reach.nuclei.find(({ A }) => reach.energy > edge(A, fm));
      if (over === undefined) continue;
      const q = 2 * edge(over.A, fm);
      const parameters = {
        found: `${shown(reach.recoil(over) * 1e3, 3)} keVnr`,
        experiment: `\`${experiment.name}\``,
        nucleus: `\`${over.name}\``,
        limit: `${shown((q * q * 1e3) / (2 * over.mass), 2)} keVnr, the first minimum of its form factor`,
      };
      const notes = [`the neutrinos of ${reach.source.name} reach ${shown(reach.energy, 3)} MeV`];
      checking.report(diagnostic("SV1602", nameSpan(experiment), parameters, { notes }));
    }
  }
}

/** Neutrino energy whose largest momentum transfer, 2E, is at the first minimum. */
const edge = (A: number, fm: number): number => firstZero / (1.2 * Math.cbrt(A) * fm) / 2;
