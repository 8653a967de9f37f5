/** Submissions to HEPData, as `sevens export` writes them. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { inFolder, neutronRadius, sevens, textIn, violations } from "../cli/harness.ts";
import { root } from "../physics/compile.ts";

/** Probability of n counts or fewer of a Poisson variable. */
function atMost(n: number, mean: number): number {
  let [term, sum] = [Math.exp(-mean), 0];
  for (let k = 0; k <= n; k++) {
    sum += term;
    term *= mean / (k + 1);
  }
  return sum;
}

describe("--to hepdata", () => {
  /** What the documentation of HEPData asks of a table. */
  const value = {
    type: "object",
    required: ["value"],
    properties: {
      errors: {
        type: "array",
        minItems: 1,
        items: {
          type: "object",
          properties: {
            label: { type: "string" },
            symerror: { type: "number" },
            asymerror: {
              type: "object",
              required: ["minus", "plus"],
              properties: { minus: { type: "number" }, plus: { type: "number" } },
            },
          },
          oneOf: [{ required: ["symerror"] }, { required: ["asymerror"] }],
        },
      },
    },
  };
  const header = {
    type: "object",
    required: ["name"],
    properties: { name: { type: "string" }, units: { type: "string" } },
    additionalProperties: false,
  };
  const interval = {
    type: "object",
    required: ["low", "high"],
    properties: { low: { type: "number" }, high: { type: "number" } },
  };
  const column = (values: object) => ({
    type: "object",
    required: ["header", "values"],
    properties: {
      header,
      values: { type: "array", items: values },
      qualifiers: { type: "array", items: { type: "object", required: ["name", "value"] } },
    },
    additionalProperties: false,
  });
  const tableSchema = {
    type: "object",
    required: ["independent_variables", "dependent_variables"],
    properties: {
      independent_variables: { type: "array", items: column({ anyOf: [value, interval] }) },
      dependent_variables: { type: "array", minItems: 1, items: column(value) },
    },
    additionalProperties: false,
  };

  test("a folder with a submission, its tables, and the provenance", () =>
    inFolder({}, async (cwd) => {
      const { code, stderr } = await sevens(
        ["export", `${root}/examples/dresden-ii/iron-filtered.sevens`, "--to", "hepdata", "-o", "sub"],
        { cwd },
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const [head, ...tables] = parseAllDocuments(textIn(cwd, "sub/submission.yaml")).map((one) =>
        one.toJS(),
      );
      expect(head.additional_resources[0].location).toBe("provenance.json");
      expect(violations("provenance", textIn(cwd, "sub/provenance.json"))).toBeUndefined();
      expect(tables.map(({ name }) => name)).toEqual([
        "IronFiltered: DresdenII counts",
        "IronFiltered parameters",
      ]);
      const validate = new Ajv({ strict: false }).compile(tableSchema);
      for (const { data_file, description, keywords } of tables) {
        expect([typeof description, keywords.length]).toEqual(["string", 3]);
        const [table] = parseAllDocuments(textIn(cwd, `sub/${data_file}`)).map((one) => one.toJS());
        expect(validate(table) || validate.errors).toBe(true);
        const columns = [...table.independent_variables, ...table.dependent_variables];
        expect(new Set(columns.map(({ values }) => values.length)).size).toBe(1);
      }
      const [counts] = parseAllDocuments(textIn(cwd, `sub/${tables[0]!.data_file}`)).map((one) => one.toJS());
      const [energy] = counts.independent_variables;
      expect(energy.header).toEqual({ name: "energy", units: "keVee" });
      expect(energy.values[0]).toEqual({ low: 0.2, high: 0.21 });
      const named = (name: string) =>
        counts.dependent_variables.find((one: { header: { name: string } }) => one.header.name === name);
      expect(named("data").qualifiers.at(-1)).toEqual({
        name: "errors",
        value: "standard deviations as given with the data",
      });
      expect(named("data").values[0].errors).toEqual([{ label: "stat", symerror: expect.any(Number) }]);
      expect(named("expected lines").values[0].errors[0].label).toBe("DresdenII.ratioM");
      expect(named("expected").qualifiers).toContainEqual({ name: "scale", value: 0.2, units: "keVee" });
    }));

  test("numbers are numbers to readers of YAML 1.1 too, which want a point before an exponent", () =>
    inFolder({}, async (cwd) => {
      mkdirSync(join(cwd, "sub"));
      await sevens(["export", neutronRadius, "--to", "hepdata", "-o", "sub"], { cwd });
      const text = textIn(cwd, "sub/neutronradius_csi2021_counts.yaml");
      expect(text).toMatch(/: -?\d\.\d+e-\d+$/m);
      expect(text).not.toMatch(/: -?\d+e[+-]\d+$/m);
    }));

  test("at the best fit: with the errors of its profile", () =>
    inFolder({}, async (cwd) => {
      const { code } = await sevens(
        ["export", neutronRadius, "--to", "hepdata", "--at", "fit", "-o", "sub"],
        { cwd },
      );
      expect(code).toBe(0);
      const [table] = parseAllDocuments(textIn(cwd, "sub/neutronradius_parameters.yaml")).map((one) =>
        one.toJS(),
      );
      const best = table.dependent_variables.at(-1);
      expect(best.header.name).toBe("best fit");
      expect(best.values.at(-1)).toEqual({
        value: expect.closeTo(5.411, 2),
        errors: [
          { label: "fit", asymerror: { minus: expect.closeTo(-0.426, 2), plus: expect.closeTo(0.397, 2) } },
        ],
      });
    }));

  const counting = (name: string, lowest: string): string =>
    `analysis ${name} {\n  model = StandardModel\n  experiments = CsI2021\n  free CsI2021.norm in ${lowest} .. 3\n}\n`;
  const head = "sevens 1\nuse interactions { StandardModel }\nuse experiments { CsI2021 }\n";

  test("an error that ends at the bound of its parameter is told from others", () =>
    inFolder({ "a.sevens": `${head}${counting("Near", "-0.1")}${counting("Far", "-1")}` }, async (cwd) => {
      const args = ["export", "a.sevens", "--to", "hepdata", "--at", "fit", "-o", "sub"];
      expect((await sevens(args, { cwd })).code).toBe(0);
      const documents = parseAllDocuments(textIn(cwd, "sub/submission.yaml")).map((one) => one.toJS());
      const described = (table: string): string =>
        documents.find(({ name }) => name === `${table} parameters`).description;
      expect(described("Near")).toMatch(
        / Errors that are not where chi2 has risen by 1: CsI2021\.norm \(ends at the bound below\)\.$/,
      );
      expect(described("Far")).toMatch(/from its second derivatives\.$/);
      const [table] = parseAllDocuments(textIn(cwd, "sub/near_parameters.yaml")).map((one) => one.toJS());
      const { value, errors } = table.dependent_variables.at(-1).values[0];
      expect(value + errors[0].asymerror.minus).toBeCloseTo(-0.1, 12);
    }));

  test("errors of counts are said to be what they are", () =>
    inFolder({ "a.sevens": `${head}${counting("Counts", "-1")}` }, async (cwd) => {
      await sevens(["export", "a.sevens", "--to", "hepdata", "-o", "sub"], { cwd });
      const [table] = parseAllDocuments(textIn(cwd, "sub/counts_csi2021_counts.yaml")).map((one) =>
        one.toJS(),
      );
      const [{ header, qualifiers, values }, expected] = table.dependent_variables;
      expect(header.name).toBe("data");
      expect(qualifiers.at(-1)).toEqual({
        name: "errors",
        value: "of Poisson counts: central 68.27 % confidence intervals below 10 counts, sqrt(n) from 10 on",
      });
      expect(expected.qualifiers.map(({ name }: { name: string }) => name)).not.toContain("errors");
      type Count = { value: number; errors: { asymerror: { minus: number; plus: number } }[] };
      const bars = (values as Count[]).map(({ value, errors }) => ({ value, ...errors[0]!.asymerror }));
      const [few, many] = [bars.filter(({ value }) => value < 10), bars.filter(({ value }) => value >= 10)];
      expect([few.length > 0, many.length > 0]).toEqual([true, true]);
      for (const { value, minus, plus } of many) {
        expect(plus).toBeCloseTo(Math.sqrt(value), 12);
        expect(minus).toBeCloseTo(-Math.sqrt(value), 12);
      }
      // Beyond one standard deviation a normal variable has the probability 0.158655 on each side.
      for (const { value, minus, plus } of few) {
        expect(atMost(value, value + plus)).toBeCloseTo(0.158655, 6);
        expect(value === 0 ? 0 : 1 - atMost(value - 1, value + minus)).toBeCloseTo(
          value === 0 ? 0 : 0.158655,
          6,
        );
      }
    }));

  test("two results that differ in capital letters only are refused by their names, and nothing is written", () =>
    inFolder({ "a.sevens": `${head}${counting("Norm", "-1")}${counting("norm", "-1")}` }, async (cwd) => {
      const { code, stderr } = await sevens(["export", "a.sevens", "--to", "hepdata", "-o", "sub"], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain(
        "the tables `Norm: CsI2021 counts` and `norm: CsI2021 counts` would both be `norm_csi2021_counts.yaml`",
      );
      expect(existsSync(join(cwd, "sub"))).toBe(false);
    }));

  test("needs a folder", async () => {
    const { code, stderr } = await sevens(["export", neutronRadius, "--to", "hepdata"]);
    expect(code).toBe(2);
    expect(stderr).toContain("a submission is a folder of files: give `-o` with its name");
  });
});
