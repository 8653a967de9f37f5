/** Published numbers, and where ours come from: one table for the test and for `docs/verification.md`. */

export interface Published {
  readonly quantity: string;
  readonly unit: string;
  readonly value: number;
  /** Downward and upward. */
  readonly errors: readonly [number, number];
  readonly source: string;
  /** Arguments of `sevens` whose JSON has our number. */
  readonly commands: readonly (readonly string[])[];
  /** Our number, from the JSON of the commands. */
  readonly ours: (...outputs: readonly Output[]) => number;
  /** How far ours may be from the published number, in its errors. */
  readonly most: number;
}

/** What of the JSON of `fit` and `rates` is read. */
export interface Output {
  readonly analyses?: readonly Fitted[];
  readonly experiments?: readonly {
    readonly components: Readonly<Record<string, { readonly total: number }>>;
  }[];
}

interface Fitted {
  readonly name: string;
  readonly parameters: readonly Entry[];
  readonly nuisances: readonly Entry[];
}

interface Entry {
  readonly name: string;
  readonly value: number;
}

const fitOf = (file: string, analysis: string): readonly string[] => [
  "fit",
  `examples/${file}.sevens`,
  "--analysis",
  analysis,
  "--format",
  "json",
];
const ratesOf = (file: string): readonly string[] => ["rates", `examples/${file}.sevens`, "--format", "json"];

const value =
  (name: string) =>
  (output: Output | undefined): number => {
    const [analysis] = output?.analyses ?? [];
    const found = [...(analysis?.parameters ?? []), ...(analysis?.nuisances ?? [])].find(
      (one) => one.name === name,
    );
    if (found === undefined) throw new Error(`no ${name} in the fit`);
    return found.value;
  };

/** Counts of a component after the fit of its normalisation. */
const counts =
  (component: string, norm: string) =>
  (rates: Output | undefined, fit: Output | undefined): number => {
    const expected = rates?.experiments?.[0]?.components[component]?.total ?? Number.NaN;
    return expected * (1 + value(norm)(fit));
  };

const argon = "coherent-lar/free-normalisation";
const argonFit = [ratesOf(argon), fitOf(argon, "FreeNormalisation")];
const csi = "coherent-csi/free-normalisation";
const caesium = "caesium-parity-violation/caesium-parity-violation";

export const published: readonly Published[] = [
  {
    quantity: "neutron radius of Cs and I, COHERENT CsI[Na]",
    unit: "fm",
    value: 5.47,
    errors: [0.38, 0.38],
    source: "arXiv:2303.09360",
    commands: [fitOf("coherent-csi/neutron-radius", "NeutronRadius")],
    ours: value("Rn"),
    most: 0.27,
  },
  {
    quantity: "events of coherent scattering, COHERENT CsI[Na]",
    unit: "",
    value: 306,
    errors: [20, 20],
    source: "arXiv:2110.07730",
    commands: [ratesOf(csi), fitOf(csi, "FreeNormalisation")],
    ours: counts("CEvNS", "CsI2021.norm"),
    most: 0.5,
  },
  {
    quantity: "events of coherent scattering, COHERENT LAr",
    unit: "",
    value: 159,
    errors: [43, 43],
    source: "arXiv:2006.12659",
    commands: argonFit,
    ours: counts("CEvNS", "LAr2020.norm"),
    most: 0.1,
  },
  {
    quantity: "prompt neutrons, COHERENT LAr",
    unit: "",
    value: 553,
    errors: [34, 34],
    source: "arXiv:2006.12659",
    commands: argonFit,
    ours: counts("BRN", "LAr2020.BRN"),
    most: 0.1,
  },
  {
    quantity: "delayed neutrons, COHERENT LAr",
    unit: "",
    value: 10,
    errors: [11, 11],
    source: "arXiv:2006.12659",
    commands: argonFit,
    ours: counts("delayedBRN", "LAr2020.delayedBRN"),
    most: 0.1,
  },
  {
    quantity: "steady state, COHERENT LAr",
    unit: "",
    value: 3131,
    errors: [23, 23],
    source: "arXiv:2006.12659",
    commands: argonFit,
    ours: counts("SSB", "LAr2020.SSB"),
    most: 0.1,
  },
  {
    quantity: "sin²θ_W, COHERENT CsI[Na]",
    unit: "",
    value: 0.231,
    errors: [0.024, 0.027],
    source: "arXiv:2303.09360",
    commands: [fitOf("coherent-csi/weak-mixing-angle", "WeakMixingAngle")],
    ours: value("s2w"),
    most: 0.2,
  },
  {
    quantity: "sin²θ_W, CsI[Na] with parity violation in caesium",
    unit: "",
    value: 0.2398,
    errors: [0.0015, 0.0016],
    source: "arXiv:2303.09360",
    commands: [fitOf(caesium, "Angle")],
    ours: value("s2w"),
    most: 0.2,
  },
  {
    quantity: "sin²θ_W with a free neutron radius, the same",
    unit: "",
    value: 0.2423,
    errors: [0.0029, 0.0032],
    source: "arXiv:2303.09360",
    commands: [fitOf(caesium, "AngleAndRadius")],
    ours: value("s2w"),
    most: 0.2,
  },
  {
    quantity: "neutron radius of Cs, both radii free, the same",
    unit: "fm",
    value: 5.32,
    errors: [0.23, 0.3],
    source: "arXiv:2303.09360",
    commands: [fitOf(caesium, "Radii")],
    ours: value("Cs133.Rn"),
    most: 0.5,
  },
  {
    quantity: "one neutron radius of Cs and I, the same",
    unit: "fm",
    value: 5.3,
    errors: [0.23, 0.3],
    source: "arXiv:2303.09360",
    commands: [fitOf(caesium, "OneRadius")],
    ours: value("Rn"),
    most: 0.2,
  },
];
