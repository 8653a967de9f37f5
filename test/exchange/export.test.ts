/** `sevens export` in the formats of others: files, records beside them, exit codes. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { pythonJson, pythonNumber } from "../../compiler/exchange/digest.ts";
import { inFolder, neutronRadius, projection, sevens, textIn, violations } from "../cli/harness.ts";
import { root } from "../physics/compile.ts";
import { minusTwoLogL, start, type Workspace } from "./histfactory.ts";
import { applied, type Patch } from "./json-patch.ts";
import { hasSchemas, needsSchemas, ofExample, pyhfSchema } from "./support.ts";

const freeNormalisation = `${root}/examples/coherent-csi/free-normalisation.sevens`;
const lar = `${root}/examples/coherent-lar/shape-systematics.sevens`;
const joined = `${root}/examples/joined/weak-mixing-angle.sevens`;

describe("--to pyhf", () => {
  test("writes the workspace and its provenance beside it", () =>
    inFolder({}, async (cwd) => {
      const { code, stdout, stderr } = await sevens(
        ["export", freeNormalisation, "--to", "pyhf", "-o", "w.json"],
        { cwd },
      );
      expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: "" });
      const text = textIn(cwd, "w.json");
      const beside = textIn(cwd, "w.provenance.json");
      expect(violations("provenance", beside)).toBeUndefined();
      const provenance = JSON.parse(beside);
      const { stdout: document } = await sevens(["export", freeNormalisation, "--to", "json"]);
      expect(provenance.spec).toEqual({ file: "free-normalisation.sevens", hash: JSON.parse(document).hash });
      expect(provenance.exports[0]).toMatchObject({
        degree: "exact",
        format: "pyhf",
        analysis: "FreeNormalisation",
      });
      expect(provenance.exports[0].digests).toEqual({
        "sha256 as pyhf digest": sha256(pythonJson(JSON.parse(text))),
        "sha256 of the file": sha256(text),
      });
      expect(provenance.citations.map(({ key }: { key: string }) => key)).toContain("arXiv:2110.07730");
    }));

  test("warns of what is held, and of what is approximate", async () => {
    const held = await sevens(["export", neutronRadius, "--to", "pyhf"]);
    expect(held.code).toBe(0);
    expect(held.stderr).toContain("the provenance and the record of fidelity go beside a file: give `-o`");
    expect(held.stderr).toContain(
      "warning[SV2001]: pyhf cannot say all of NeutronRadius: 1 part left out or held",
    );
    expect(held.stderr).toContain("Rn: held at 5.06 fm");
    const near = await sevens(["export", lar, "--to", "pyhf"]);
    expect(near.code).toBe(0);
    expect(near.stderr).toMatch(/warning\[SV2002\]: pyhf says \d+ parts of ShapeSystematics approximately/);
    expect(near.stderr).toContain("LAr2020.brn_time: histosys, matched at ±1σ: off by up to");
    expect(near.stderr).toMatch(/of its counts\), differences of chi2 change by up to \S+ within 1 sigma/);
  });

  test("at the best fit: templates of the best radius, nuisances start at their best values", async () => {
    const { stdout } = await sevens(["export", neutronRadius, "--to", "pyhf", "--at", "fit"]);
    const workspace: Workspace = JSON.parse(stdout);
    // The minimum of chi2 of the fit of the radius, which test/e2e has as well.
    expect(minusTwoLogL(workspace, start(workspace))).toBeCloseTo(83.744, 2);
  });

  test("a grid of radii is a patch set", () =>
    inFolder({}, async (cwd) => {
      const grid = ["--grid", "Rn = 4.5 fm, 5.5 fm", "--inspire", "ins1234567"];
      const { code } = await sevens(["export", neutronRadius, "--to", "pyhf", ...grid, "-o", "w.json"], {
        cwd,
      });
      expect(code).toBe(0);
      const workspace: Workspace = JSON.parse(textIn(cwd, "w.json"));
      const set = JSON.parse(textIn(cwd, "w.patchset.json"));
      expect(set.metadata).toMatchObject({
        references: { hepdata: "ins1234567" },
        labels: ["Rn"],
        units: ["fm"],
        digests: { sha256: sha256(pythonJson(workspace)) },
      });
      const { chi2 } = ofExample("coherent-csi/neutron-radius.sevens");
      for (const { metadata, patch } of set.patches as readonly Patch[]) {
        const there = applied(workspace, patch);
        const [Rn] = metadata.values;
        expect(minusTwoLogL(there, start(there))).toBeCloseTo(chi2({ Rn: Rn! }), 8);
      }
      if (hasSchemas) expect(pyhfSchema("patchset")(set)).toBe(true);
    }));

  test.skipIf(hasSchemas)(`the schema of patch sets was not looked at ${needsSchemas}`, () => {});

  test.each([
    [["--grid", "Rn = 5 fm"], "give `-o` with a file"],
    [["--grid", "Rn = 5 fm", "-o", "w.json"], "write `--inspire ins1234567`"],
    [
      ["--grid", "Rn = 5 fm", "-o", "w.json", "--inspire", "1234"],
      "by the number of INSPIRE with seven digits",
    ],
    [["--inspire", "ins1234567"], "`--inspire` is for the patch set of a `--grid`"],
    [["--grid", "CsI2021.norm = 0.1", "-o", "w.json", "--inspire", "ins1234567"], "needs no grid of it"],
    [["--analysis", "Nothing"], "no analysis `Nothing`"],
  ])("%j is wrong usage", (args, message) =>
    inFolder({}, async (cwd) => {
      const { code, stderr } = await sevens(["export", neutronRadius, "--to", "pyhf", ...args], { cwd });
      expect(stderr).toContain(message);
      expect(code).toBe(2);
    }),
  );

  test("negative data with Gaussian errors are no Poisson counts: an error", async () => {
    const text = readFileSync(`${root}/test/exchange/negative.sevens`, "utf8");
    const { code, stdout, stderr } = await sevens(["export", "-", "--to", "pyhf"], { stdin: text });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("error[SV2003]: Differences cannot be written as pyhf");
    expect((await sevens(["export", "-", "--to", "hs3"], { stdin: text })).code).toBe(0);
  });

  test("what chooses numbers is refused where the spec is written as it is", async () => {
    const { code, stderr } = await sevens(["export", neutronRadius, "--to", "json", "--set", "s2w=0.2"]);
    expect(code).toBe(2);
    expect(stderr).toContain("`--set` says nothing to `--to json`");
  });
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

describe("the digest of pyhf", () => {
  test("has numbers as Python writes them", () => {
    const numbers = {
      5: "5",
      0.1: "0.1",
      1e-7: "1e-07",
      1.5e-5: "1.5e-05",
      0.0001: "0.0001",
      123456.75: "123456.75",
    };
    for (const [value, text] of Object.entries(numbers)) expect(pythonNumber(Number(value))).toBe(text);
    expect(pythonNumber(-2.5e-10)).toBe("-2.5e-10");
    expect(pythonNumber(1e21)).toBe("1e+21");
    expect(pythonNumber(0.000012345)).toBe("1.2345e-05");
    expect(pythonNumber(0.00001)).toBe("1e-05");
  });

  test("has keys in order, and blanks behind commas and colons", () => {
    expect(pythonJson({ b: [1, null, true], a: "x" })).toBe('{"a": "x", "b": [1, null, true]}');
  });
});

describe("tables", () => {
  const rows = 99 * 6 + 960 * 6 + 130 * 5;

  test("--to csv: a row for each bin and sample, `total` and `data` among them", () =>
    inFolder({}, async (cwd) => {
      expect((await sevens(["export", joined, "--to", "csv", "-o", "t.csv"], { cwd })).code).toBe(0);
      const lines = textIn(cwd, "t.csv").trimEnd().split("\n");
      expect(lines).toHaveLength(rows + 1);
      expect(lines[0]).toBe(
        "analysis,experiment,bin,pe_lo_PE,pe_hi_PE,time_lo_us,time_hi_us,energy_lo_keVee,energy_hi_keVee,f90_lo,f90_hi,sample,kind,counts,error",
      );
      const data = lines.filter((line) => line.includes(",CsI2021,") && line.includes(",data,data,"));
      expect(data.reduce((sum, line) => sum + Number(line.split(",").at(-2)), 0)).toBe(1578);
      expect(violations("provenance", textIn(cwd, "t.provenance.json"))).toBeUndefined();
    }));

  test("--to json-tables: by its schema, with the provenance in it, the same numbers as `rates`", async () => {
    const { stdout } = await sevens(["export", joined, "--to", "json-tables"]);
    expect(violations("json-tables", stdout)).toBeUndefined();
    const { experiments } = JSON.parse(stdout);
    const rates = JSON.parse((await sevens(["rates", joined, "--format", "json"])).stdout);
    const same = (found: readonly number[], wanted: readonly number[]): void => {
      for (const [bin, count] of found.entries()) {
        expect(Math.abs(count - wanted[bin]!)).toBeLessThanOrEqual(1e-12 * Math.abs(wanted[bin]!));
      }
    };
    for (const [i, { total, samples }] of experiments.entries()) {
      same(total, rates.experiments[i].total.counts);
      for (const { name, counts } of samples) same(counts, rates.experiments[i].components[name].counts);
    }
  });

  test("--to parquet: the rows of the CSV, typed, with the provenance as metadata", () =>
    inFolder({}, async (cwd) => {
      for (const form of ["csv", "parquet"]) {
        expect((await sevens(["export", joined, "--to", form, "-o", `t.${form}`], { cwd })).code).toBe(0);
      }
      const { buffer, byteOffset, byteLength } = readFileSync(join(cwd, "t.parquet"));
      const file = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
      const found = await parquetReadObjects({ file });
      const lines = textIn(cwd, "t.csv").trimEnd().split("\n").slice(1);
      expect(found).toHaveLength(rows);
      for (const k of [0, 5, 1000, rows - 1]) {
        expect(
          Object.values(found[k]!)
            .map((value) => value ?? "")
            .join(","),
        ).toBe(lines[k]);
      }
      const { key_value_metadata: [own] = [] } = parquetMetadata(file);
      expect(violations("provenance", own!.value!)).toBeUndefined();
    }));

  test("of a projection, without data", async () => {
    const { stdout } = await sevens(["export", "-", "--to", "csv"], { stdin: projection });
    expect(stdout).toContain("Ge1Sensitivity,Ge1Run,1,0.5,0.75,total,total,");
    expect(stdout).not.toContain(",data,");
  });
});
