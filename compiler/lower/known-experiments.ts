/** Experiments that were lowered, for analyses after the first that makes the same of them in the same graph. */

import type { Declaration } from "../model/model.ts";
import { dependence } from "../rate/analyse.ts";
import type { ExperimentForm } from "./experiment.ts";
import type { Kinematics } from "./interaction.ts";
import type { Recoil } from "./response.ts";

/** What an analysis may make of its experiments, beside the values of their parameters. */
export interface ExperimentChoices {
  readonly interactions: readonly Declaration[];
  readonly kinematics: Kinematics;
  readonly formfactor: Declaration | undefined;
  readonly observables: readonly string[] | undefined;
  readonly likelihood: string | undefined;
  readonly recoils: readonly Recoil[];
}

/** Equal for analyses that make the same of an experiment at the same defaults; `ties` are parameters with their formulas. */
export function experimentKey(choices: ExperimentChoices, ties: readonly string[]): string {
  const { interactions, kinematics, formfactor, observables, likelihood, recoils } = choices;
  return JSON.stringify([
    interactions.map(({ name }) => name),
    kinematics,
    formfactor?.name ?? null,
    observables ?? null,
    likelihood ?? null,
    recoils,
    [...ties].sort(),
  ]);
}

interface Known {
  readonly form: ExperimentForm;
  /** Defaults of the parameters in it: where its kinks were looked for. */
  readonly defaults: ReadonlyMap<string, number>;
}

export class KnownExperiments {
  readonly #known = new Map<string, Known[]>();

  /** The experiment of that key at these defaults, made when it is not known. */
  of(key: string, defaultOf: (parameter: string) => number, make: () => ExperimentForm): ExperimentForm {
    const all = this.#known.get(key) ?? [];
    const found = all.find(({ defaults }) =>
      [...defaults].every(([name, value]) => defaultOf(name) === value),
    );
    if (found !== undefined) return found.form;
    const form = make();
    const names = new Set(form.components.flatMap(({ node }) => [...dependence(node).parameters]));
    const defaults = new Map([...names].map((name) => [name, defaultOf(name)]));
    this.#known.set(key, [...all, { form, defaults }]);
    return form;
  }
}
