/** What tables of counts and submissions to HEPData keep of an analysis: nothing is lost in silence. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Fidelity } from "../../compiler/exchange/fidelity.ts";
import { inFolder, sevens, textIn, violations } from "../cli/harness.ts";
import { evaluate } from "./hs3-evaluate.ts";

const analysis = (statements: string, likelihood = ""): string => `sevens 1
use materials { Ge }
use interactions { StandardModel }
source Beam {
  fluence = 1 /cm^2
  spectrum[nu_mu](E) = delta(E - 29.79 MeV)
}
detector Counter {
  target Ge = 1 g
  observable recoil: keVnr { density(n | T) = normal_pdf(n, T, 2 keVnr) }
}
experiment Short {
  source Beam
  detector Counter
  bins recoil = [1, 2, 3] keVnr
  events = [[1.5], [1.2], [2.8]]
  parameter s = 1 in 0 .. 5
  background Signal {
    shape = [2, 1]
    total = 3*s
  }
  background Bkg {
    shape = [4, 6]
    total = 2 +- 10%
  }
  systematic lines = 20% on Bkg
}
analysis Counting {
  model = StandardModel
  experiments = Short
${likelihood}
  free Short.s
${statements}
}
`;

const measured = `  parameter R = 5 fm in 3 fm .. 8 fm
  let twice = 2*R + 1 fm
  constraint shifts {
    value = Short.Bkg + 0.5*Short.lines
    measured = 0.1 +- 0.3
  }
  constraint radius {
    value = twice
    measured = 12 +- 0.5 fm
  }
`;

interface Made {
  readonly stderr: string;
  readonly fidelity: readonly Fidelity[];
  readonly table: (name: string) => Table | undefined;
}

interface Table {
  readonly independent_variables: readonly { readonly values: readonly { readonly value: string }[] }[];
  readonly dependent_variables: readonly {
    readonly header: { readonly name: string };
    readonly values: readonly { readonly value: string | number; readonly errors?: readonly unknown[] }[];
  }[];
}

/** What an export writes and says. */
function exportedTo(form: string, spec: string, ...args: string[]): Promise<Made> {
  return inFolder({}, async (cwd) => {
    const output = { hepdata: "out", "json-tables": "out.json", csv: "out.csv" }[form]!;
    const { code, stderr } = await sevens(["export", "-", "--to", form, "-o", output, ...args], {
      cwd,
      stdin: spec,
    });
    expect(code).toBe(0);
    const file = { hepdata: "out/provenance.json", "json-tables": "out.json", csv: "out.provenance.json" }[
      form
    ]!;
    const read = JSON.parse(textIn(cwd, file));
    const provenance = form === "json-tables" ? read.provenance : read;
    expect(violations("provenance", JSON.stringify(provenance))).toBeUndefined();
    const tables = new Map(
      ["parameters", "constraints"].map((name) => {
        const path = `out/counting_${name}.yaml`;
        return [name, existsSync(join(cwd, path)) ? (parse(textIn(cwd, path)) as Table) : undefined];
      }),
    );
    return { stderr, fidelity: provenance.exports[0].fidelity, table: (name) => tables.get(name) };
  });
}

const said = ({ fidelity }: Made): unknown =>
  fidelity.map(({ subject, degree, byNature }) => [
    subject,
    degree,
    ...(byNature === true ? ["by nature"] : []),
  ]);

describe.each(["csv", "json-tables"])("tables of counts, %s", (form) => {
  test("an entry for each likelihood, parameter and constraint; what is left out for good is a warning", async () => {
    const made = await exportedTo(form, analysis(measured));
    expect(said(made)).toEqual(
      [
        ["Short", "exact"],
        ["Short.lines", "unsupported", "by nature"],
        ["Short.Bkg", "unsupported", "by nature"],
        ["R", "unsupported", "by nature"],
        ["Short.s", "unsupported", "by nature"],
        ["constraint shifts", "unsupported"],
        ["constraint radius", "unsupported"],
      ].sort(byOrderOf(made)),
    );
    expect(made.stderr).toMatch(
      /^warning\[SV2001\]: \w+ cannot say all of Counting: 2 parts left out or held$/m,
    );
    expect(made.stderr).toContain(
      "constraint shifts: left out: tables of counts have no measurements of parameters",
    );
    expect(made.stderr.match(/warning/g)).toHaveLength(1);
  });

  test("that they are of one point is no warning", async () => {
    const made = await exportedTo(form, analysis("  fix s2w = 0.23"));
    expect(made.stderr).toBe("");
    expect(made.fidelity.find(({ subject }) => subject === "Short.s")).toMatchObject({ as: "held at 1" });
  });

  test("events that are counted are a warning, with what that changes", async () => {
    const made = await exportedTo(form, analysis("", "  likelihood = unbinned"));
    expect(made.stderr).toMatch(/SV2002.*1 part of Counting approximately/);
    expect(made.stderr).toMatch(/Short: Poisson counts in the bins: differences of chi2 change by up to/);
  });
});

/** The order of parameters is that of the model. */
function byOrderOf({ fidelity }: Made) {
  const place = ([subject]: readonly string[]): number =>
    fidelity.findIndex((one) => one.subject === subject);
  return (a: readonly string[], b: readonly string[]): number => place(a) - place(b);
}

describe("a submission to HEPData", () => {
  test("has the external measurements in a table, and nothing is lost", async () => {
    const made = await exportedTo("hepdata", analysis(measured), "--set", "Short.Bkg=0.2", "--set", "R=6fm");
    expect(made.stderr).toBe("");
    expect(said(made)).toEqual(
      [
        ["Short", "exact"],
        ["Short.lines", "matched at ±1σ", "by nature"],
        ["Short.Bkg", "matched at ±1σ", "by nature"],
        ["R", "exact"],
        ["Short.s", "unsupported", "by nature"],
        ["constraint shifts", "exact"],
        ["constraint radius", "exact"],
      ].sort(byOrderOf(made)),
    );
    const { independent_variables: names, dependent_variables: columns } = made.table("constraints")!;
    expect(names[0]!.values).toEqual([{ value: "shifts" }, { value: "radius" }]);
    const column = (name: string) => columns.find(({ header }) => header.name === name)!.values;
    expect(column("unit")).toEqual([{ value: "1" }, { value: "fm" }]);
    expect(column("measured")).toEqual([
      { value: 0.1, errors: [{ label: "measurement", symerror: 0.3 }] },
      { value: 12, errors: [{ label: "measurement", symerror: 0.5 }] },
    ]);
    expect(column("value")).toEqual([{ value: 0.2 }, { value: 13 }]);
    const [shifts, radius] = column("expression").map(({ value }) => String(value));
    expect(shifts).toBe("Short.Bkg + 0.5*Short.lines");
    // What `twice` stands for, in numbers and the parameter alone, in fm.
    for (const at of [3, 5.5]) {
      expect(evaluate(radius!, (name) => (name === "R" ? at : Number.NaN))).toBeCloseTo(2 * at + 1, 12);
    }
  });

  test("follows ties to the parameters of its table", async () => {
    const tied = analysis(`  tie Short.lines = 0.25*Short.Bkg\n${measured}`);
    const made = await exportedTo("hepdata", tied, "--at", "fit");
    const parameters = made.table("parameters")!.independent_variables[0]!.values.map(({ value }) => value);
    expect(parameters).not.toContain("Short.lines");
    const [shifts] = made.table("constraints")!.dependent_variables[0]!.values;
    const text = String(shifts!.value).replaceAll("Short.Bkg", "Bkg");
    expect(evaluate(text, (name) => (name === "Bkg" ? 0.4 : Number.NaN))).toBeCloseTo(
      0.4 + 0.5 * 0.25 * 0.4,
      12,
    );
  });

  test("has no such table without measurements", async () => {
    expect((await exportedTo("hepdata", analysis(""))).table("constraints")).toBeUndefined();
  });
});
