/** Limited statistics of templates, and events one by one, in the formats of others. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Fidelity } from "../../compiler/exchange/fidelity.ts";
import { hepdataSubmission } from "../../compiler/exchange/hepdata.ts";
import { hs3Export } from "../../compiler/exchange/hs3.ts";
import { pyhfExport, pyhfWorkspace } from "../../compiler/exchange/pyhf.ts";
import { type CountTable, countTables, longTable } from "../../compiler/exchange/tables.ts";
import { gammaErrors, minusTwoLogL, type Point, type Workspace } from "./histfactory.ts";
import { type Document, defaults, minusTwoLogL as hs3LogL, type Values } from "./hs3-evaluate.ts";
import { type Exporting, ofText, spread } from "./support.ts";

const parts = `
use materials { CsI }
use interactions { StandardModel }
source Beam {
  fluence = 1e14 /cm^2
  spectrum[nu_mu](E) = delta(E - 29.79 MeV)
}
detector Crystal {
  target CsI = 10 kg
  observable pe: PE {
    density(n | T) = normal_pdf(n, 1.2 PE/keVnr * T, 2 PE)
  }
}
`;

const binned = (data: string): string => `${parts}
experiment Short {
  source Beam
  detector Crystal
  bins pe = [8, 12, 20, 40] PE
  data = ${data}
  background Neutrons {
    shape = [14, 21, 13]
    errors = [3.7, 4.6, 3.6]
    total = 12 +- 30%
  }
  background Lines {
    events = [2, 0, 1.5]
    errors = [0.5, 0, 0.4]
  }
  systematic lines = 20% on Lines
}
analysis Counting {
  model = StandardModel
  experiments = Short
  free s2w in 0 .. 0.5
}
`;

/** The least −2 ln L over parameters of the bins, each found by itself in its range. */
function profiled(
  names: readonly string[],
  value: (point: Record<string, number>) => number,
  [low, high]: readonly [number, number] = [0, 3],
): number {
  const point = Object.fromEntries(names.map((name) => [name, (low + high) / 2]));
  let best = value(point);
  for (let round = 0; round < 200; round++) {
    const before = best;
    for (const name of names) {
      point[name] = goldenSection((x) => value({ ...point, [name]: x }), low, high);
      best = value(point);
    }
    if (before - best < 1e-14) break;
  }
  return best;
}

/** Where a function with one minimum has it, polished by a parabola through its neighbours. */
function goldenSection(f: (x: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  for (let i = 0; i < 40; i++) {
    const [left, right] = [b - ratio * (b - a), a + ratio * (b - a)];
    if (f(left) < f(right)) b = right;
    else a = left;
  }
  const x = (a + b) / 2;
  const h = 1e-4;
  const [down, at, up] = [f(x - h), f(x), f(x + h)];
  const curve = up - 2 * at + down;
  return curve > 0 ? x - (h * (up - down)) / (2 * curve) : x;
}

describe("a background with limited statistics, and another one", () => {
  const counting = ofText(binned("[9, 7, 12]"));

  test("is a staterror for each: with its factors at their best it has our likelihood", () => {
    const { fidelity } = pyhfExport(counting.binned);
    const own = fidelity.filter(({ subject }) => subject.includes("limited statistics"));
    expect(own.map(({ degree }) => degree)).toEqual(["exact", "exact"]);
    const workspace: Workspace = pyhfWorkspace(counting.binned);
    const gammas = [...gammaErrors(workspace)];
    expect(gammas.map(([name]) => name)).toEqual(["stat_Short_Neutrons", "stat_Short_Lines"]);
    const names = gammas.flatMap(([name, errors]) =>
      errors.flatMap((error, b) => (error > 0 ? [`${name} ${b}`] : [])),
    );
    for (const { neutrons, lines } of spread({ neutrons: [-2, 2], lines: [-2, 2] }, 3)) {
      const theirs = profiled(names, (point) => {
        const lists = gammas.map(([name, errors]) => [
          name,
          errors.map((_, b) => point[`${name} ${b}`] ?? 1),
        ]);
        const all: Point = {
          "Short.Neutrons": neutrons!,
          "Short.lines": lines!,
          ...Object.fromEntries(lists),
        };
        return minusTwoLogL(workspace, all);
      });
      const ours = counting.chi2({ "Short.Neutrons": 0.3 * neutrons!, "Short.lines": 0.2 * lines! });
      expect(Math.abs(theirs - ours)).toBeLessThan(1e-9 * Math.max(1, ours));
    }
  });

  const neutrons = [3.7, 4.6, 3.6].map((error) => (12 * error) / (14 + 21 + 13));
  const lines = [0.5, 0, 0.4];
  const together = neutrons.map((one, bin) => Math.hypot(one, lines[bin]!));
  const all = (expected: readonly number[]): readonly unknown[] =>
    expected.map((one) => expect.closeTo(one, 12));

  test("is the error of its counts in tables", () => {
    const tables = countTables(counting.binned);
    const [{ samples, totalErrors }] = tables as [CountTable];
    expect(samples.map(({ name, errors }) => [name, errors])).toEqual([
      ["CEvNS", null],
      ["Neutrons", all(neutrons)],
      ["Lines", all(lines)],
    ]);
    expect(totalErrors).toEqual(all(together));
    const columns = new Map(longTable(tables).map(({ name, values }) => [name, values]));
    const totals = columns.get("error")!.filter((_, row) => columns.get("sample")![row] === "total");
    expect(totals).toEqual(all(together));
  });

  test("is an error of its counts for HEPData", () => {
    const files = hepdataSubmission([{ model: counting.binned, fitted: undefined }], {
      comment: "",
      resources: [],
    });
    const table = parse(files.find(({ table }) => table === "Counting: Short counts")!.text);
    const errorsOf = (name: string): unknown =>
      table.dependent_variables
        .find(({ header }: { header: { name: string } }) => header.name === name)
        .values.map(({ errors = [] }: { errors?: { label: string; symerror: number }[] }) =>
          errors
            .filter(({ label }) => label === "limited statistics of templates")
            .map((one) => one.symerror),
        );
    expect(errorsOf("expected Lines")).toEqual([[0.5], [], [0.4]]);
    expect(errorsOf("expected Neutrons")).toEqual(neutrons.map((one) => all([one])));
    expect(errorsOf("expected")).toEqual(together.map((one) => all([one])));
    expect(errorsOf("expected CEvNS")).toEqual([[], [], []]);
  });

  /** How much the least −2 ln L over some parameters changes from one place to others, less what our χ² does. */
  const excesses = (
    exporting: Exporting,
    names: readonly string[],
    range: readonly [number, number],
    places: readonly Values[],
  ): readonly number[] => {
    const document: Document = hs3Export(exporting.binned).document;
    const found = places.map(({ s2w, neutrons }) => {
      const at = { ...defaults(document), StandardModel_s2w: s2w!, Short_Neutrons: neutrons! };
      const theirs = profiled(names, (point) => hs3LogL(document, { ...at, ...point }), range);
      return theirs - exporting.chi2({ s2w: s2w!, "Short.Neutrons": neutrons! });
    });
    return found.slice(1).map((one) => one - found[0]!);
  };

  const binParameters = ({ binned: model }: Exporting): readonly string[] =>
    Object.keys(defaults(hs3Export(model).document)).filter((name) => name.startsWith("stat_"));

  test("is shifts of bins in HS3, with distributions of their own", () => {
    const names = binParameters(counting);
    expect(names).toHaveLength(5);
    const places = spread({ s2w: [0.1, 0.4], neutrons: [-0.5, 0.5] }, 4);
    for (const one of excesses(counting, names, [-5, 5], places)) expect(Math.abs(one)).toBeLessThan(1e-9);
    expect(limited(counting)).toMatchObject([{ degree: "exact" }]);
  });

  describe("of Gaussian bins, in HS3", () => {
    const gaussian = ofText(binned("[9, 7, 12]\n  errors = [3, 3, 4]"));

    test("is a shift per bin, so that the normalisation of the density stays", () => {
      const names = binParameters(gaussian);
      expect(names).toEqual(["stat_Short_bin_1", "stat_Short_bin_2", "stat_Short_bin_3"]);
      const places = spread({ s2w: [0.1, 0.4], neutrons: [-0.5, 0.5] }, 5);
      for (const one of excesses(gaussian, names, [-5, 5], places)) expect(Math.abs(one)).toBeLessThan(1e-9);
      expect(limited(gaussian)).toMatchObject([{ degree: "exact" }]);
    });

    test("is in the sigma where nothing multiplies the background", () => {
      const alone = ofText(
        binned("[9, 7, 12]\n  errors = [3, 3, 4]").replace(
          / background Neutrons \{[^}]*\}| systematic .*/g,
          "",
        ),
      );
      const { document } = hs3Export(alone.binned);
      expect(binParameters(alone)).toEqual([]);
      const sigmas = document.distributions.flatMap((one) =>
        one.type === "gaussian_dist" ? [one.sigma] : [],
      );
      expect(sigmas).toEqual([Math.hypot(3, 0.5), 3, Math.hypot(4, 0.4)]);
      expect(limited(alone)).toMatchObject([{ as: "in the sigma of the bins", degree: "exact" }]);
    });

    test("is approximate where its variance moves with a shape", () => {
      const shaped = ofText(
        binned("[9, 7, 12]\n  errors = [3, 3, 4]\n  parameter k = 0.1 +- 0.05")
          .replace("shape = [14, 21, 13]", "shape(pe) = exp(-k*pe/PE)/PE")
          .replace("errors = [3.7, 4.6, 3.6]", "errors = [0.1, 0.1, 0.1]")
          .replace("  free s2w", "  profile Short.k\n  free s2w"),
      );
      const [record] = limited(shaped);
      expect(record).toMatchObject({ degree: "approximate" });
      expect(record!.note).toContain("within 1 sigma of the nuisances");
    });
  });
});

const limited = ({ binned: model }: Exporting): readonly Fidelity[] =>
  hs3Export(model).fidelity.filter(({ subject }) => subject.endsWith("limited statistics"));

describe("a background with limited statistics whose shape varies", () => {
  // A variation that is a straight line is one in both formats: what differs is limited statistics alone.
  const shaped = ofText(
    binned("[9, 7, 12]").replace(
      "  systematic lines",
      "  systematic tilt on Neutrons {\n    plus = [22, 20, 6]\n    interpolation = linear\n  }\n  systematic lines",
    ),
  );

  test("is exact in HS3: the standard deviations do not vary with the counts", () => {
    const document: Document = hs3Export(shaped.binned).document;
    const names = Object.keys(defaults(document)).filter((name) => name.startsWith("stat_"));
    expect(limited(shaped)).toMatchObject([{ degree: "exact" }]);
    const found = spread({ tilt: [-1.2, 1.2], neutrons: [-0.5, 0.5] }, 5).map(({ tilt, neutrons }) => {
      const at = { ...defaults(document), Short_tilt: tilt!, Short_Neutrons: neutrons! };
      const theirs = profiled(names, (point) => hs3LogL(document, { ...at, ...point }), [-5, 5]);
      return theirs - shaped.chi2({ "Short.tilt": tilt!, "Short.Neutrons": neutrons! });
    });
    for (const one of found) expect(Math.abs(one - found[0]!)).toBeLessThan(1e-9);
  });

  test("is approximate in pyhf, with the largest change of differences of chi2 that is found", () => {
    const { fidelity } = pyhfExport(shaped.binned);
    const record = fidelity.find(({ subject }) => subject === "Short: limited statistics of Neutrons")!;
    expect(record.degree).toBe("approximate");
    const workspace: Workspace = pyhfWorkspace(shaped.binned);
    const gammas = [...gammaErrors(workspace)];
    const names = gammas.flatMap(([name, errors]) =>
      errors.flatMap((error, b) => (error > 0 ? [`${name} ${b}`] : [])),
    );
    const excess = (tilt: number, neutrons: number): number => {
      const theirs = profiled(names, (point) => {
        const lists = gammas.map(([name, errors]) => [
          name,
          errors.map((_, b) => point[`${name} ${b}`] ?? 1),
        ]);
        const pulls = { "Short.tilt": tilt, lumi: 1 + 0.3 * neutrons, "Short.lines": 0 };
        return minusTwoLogL(workspace, { ...pulls, ...Object.fromEntries(lists) } as Point);
      });
      return theirs - shaped.chi2({ "Short.tilt": tilt, "Short.Neutrons": 0.3 * neutrons });
    };
    const start = excess(0, 0);
    const places = [
      ...Array.from({ length: 13 }, (_, i) => [(i - 6) / 6, 0] as const),
      ...[-1, 1].flatMap((x) => [-1, 1].map((y) => [x, y] as const)),
    ];
    const most = Math.max(...places.map(([tilt, neutrons]) => Math.abs(excess(tilt, neutrons) - start)));
    expect(most).toBeGreaterThan(1e-3);
    expect(record.bounds![0]).toMatchObject({ within: 1, chi2: expect.closeTo(most, 8) });
    expect(record.bounds![1]!.chi2).toBeGreaterThan(most);
  });
});

describe("events one by one", () => {
  const unbinned = ofText(`${parts}
experiment Short {
  source Beam
  detector Crystal
  bins pe = [8, 12, 20, 40] PE
  events = [[8.4], [9.9], [12.3], [15.1], [31]]
  background Neutrons {
    shape = [14, 21, 13]
    total = 2 +- 30%
  }
}
analysis EventByEvent {
  model = StandardModel
  experiments = Short
  likelihood = unbinned
  free s2w in 0 .. 0.5
}
`);

  test.each(["pyhf", "HS3"])(
    "are counted in their bins for %s, which the record says with what it costs",
    (format) => {
      const { fidelity } = format === "pyhf" ? pyhfExport(unbinned.binned) : hs3Export(unbinned.binned);
      const [first] = fidelity;
      expect(first).toMatchObject({
        subject: "Short",
        as: "Poisson counts in the bins",
        degree: "approximate",
      });
      expect(first!.bounds![0]!.chi2).toBeGreaterThan(0);
      expect(pyhfWorkspace(unbinned.binned).observations[0]!.data).toEqual([2, 2, 1]);
    },
  );
});
