import { describe, expect, it } from "vitest";
import type { ExplainOutput } from "../../compiler/cli/schemas/explain.ts";
import { schemas } from "../../compiler/cli/schemas/index.ts";
import { neutronRadius, sevens, violations } from "./harness.ts";

describe("explain a spec", () => {
  it("says what is computed when, from what, at what cost", async () => {
    const { code, stdout } = await sevens(["explain", neutronRadius, "--format", "json"]);
    expect(code).toBe(0);
    expect(violations("explain", stdout)).toBeUndefined();
    const { units }: ExplainOutput = JSON.parse(stdout);
    const [unit] = units;
    expect(unit).toMatchObject({ name: "NeutronRadius", kind: "analysis" });
    expect(unit!.stages[0]).toMatchObject({ when: "once", reads: [] });
    const [Rn] = unit!.parameters;
    expect(Rn).toMatchObject({ name: "Rn", role: "free" });
    // The response is folded once; a step of the fit costs a small part of that.
    expect(unit!.cost.step).toBeLessThan(unit!.cost.once / 10);
    expect(Rn!.cost).toBeLessThanOrEqual(unit!.cost.step);
  });

  it("says what each pass did and what it could not", async () => {
    const { stdout } = await sevens(["explain", neutronRadius, "--format", "json"]);
    const [unit] = (JSON.parse(stdout) as ExplainOutput).units;
    const { separation, templates, splits, factoring, quadrature, differentiation } = unit!.passes;
    expect(separation.find(({ purpose }) => purpose === "energy")).toMatchObject({ integrals: 8, once: 8 });
    const recoil = separation.find(({ purpose }) => purpose === "recoil");
    expect(recoil).toMatchObject({ integrals: 6, once: 0 });
    expect(recoil!.again).toHaveLength(1);
    expect(recoil!.again[0]).toMatchObject({
      parameters: ["Rn"],
      prevented: [{ what: "sphere(…)", parameters: ["Rn"], place: "formfactors.sevens:12" }],
    });
    expect(templates).toMatchObject([{ coefficients: null }]);
    const knots = splits.find(({ what }) => what === "snsElectronNeutrinos");
    expect(knots).toMatchObject({ cause: "knots", moving: 0, place: "SNS.sevens:45" });
    const onset = splits.find(({ moving }) => moving > 0);
    expect(onset).toMatchObject({ cause: "condition", parameters: ["CsINa.eff"] });
    expect(factoring.sums).toBeGreaterThan(0);
    expect(quadrature).toMatchObject({ precision: 1e-6 });
    expect(quadrature.reached).toBeLessThan(1e-6);
    expect(differentiation.missing).toBeNull();
    expect(differentiation.parameters).toContain("Rn");
  });

  it("says as much in CSV", async () => {
    const { stdout } = await sevens(["explain", neutronRadius, "--format", "csv"]);
    const [head, ...rows] = stdout.trimEnd().split("\n");
    expect(head).toBe("unit,row,name,when,reads,result,nodes,stages,operations");
    const ofKind = (kind: string): readonly string[] => rows.filter((row) => row.split(",")[1] === kind);
    const passes = new Set(ofKind("pass").map((row) => row.split(",")[2]));
    expect([...passes]).toEqual([
      ...["separation", "templates", "splits", "factoring", "quadrature", "differentiation", "plan"],
    ]);
    expect(ofKind("stage").length).toBeGreaterThan(10);
    expect(ofKind("parameter")[0]).toMatch(/^NeutronRadius,parameter,Rn,free,,,,\d+,\d+$/);
  });

  it("prints tables", async () => {
    const { stdout } = await sevens(["explain", neutronRadius]);
    expect(stdout).toMatch(/^NeutronRadius \(analysis\): [\d ]+ operations at the start/);
    expect(stdout).toContain("8 integrals over neutrino energies, done once");
    expect(stdout).toContain("sphere(…) with Rn at formfactors.sevens:12");
    expect(stdout).toMatch(/splits .*\n(.*\n)*.* 1 moving point \(with CsINa.eff\), where max/);
    expect(stdout).toMatch(/quadrature +relative error .*, asked 1e-6/);
    expect(stdout).toMatch(/differentiation +exact, by .*Rn/);
    expect(stdout).toMatch(/plan +\d+ stages once, \d+ once per fit, \d+ in its steps/);
    expect(stdout).toContain("once: reads no parameter");
    expect(stdout).toMatch(/when .*Rn changes/);
  });
});

describe("explain a diagnostic", () => {
  it.each(["SV1203", "sv1203", "wrong-unit-of-formula"])("%s", async (subject) => {
    const { code, stdout } = await sevens(["explain", subject]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# SV1203: /);
  });

  it("as JSON", async () => {
    const { stdout } = await sevens(["explain", "SV1203", "--format", "json"]);
    expect(violations("page", stdout)).toBeUndefined();
    expect(JSON.parse(stdout)).toMatchObject({ code: "SV1203", severity: "error" });
  });

  it("that does not exist", async () => {
    const { code, stderr } = await sevens(["explain", "SV9999"]);
    expect(code).toBe(2);
    expect(stderr).toContain("there is no diagnostic `SV9999`");
  });
});

describe("cite", () => {
  it("lists each key once, with what rests on it", async () => {
    const { code, stdout } = await sevens(["cite", neutronRadius, "--format", "json"]);
    expect(code).toBe(0);
    expect(violations("cite", stdout)).toBeUndefined();
    const { citations } = JSON.parse(stdout);
    const keys: string[] = citations.map(({ key }: { key: string }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain("arXiv:2110.07730");
    expect(citations.find(({ key }: { key: string }) => key === "arXiv:2110.07730").by).toContain("CsI2021");
  });
});

describe("schema", () => {
  it.each(Object.keys(schemas))("of %s has an address and a title", async (name) => {
    const { code, stdout } = await sevens(["schema", name]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ $id: expect.stringMatching(/^https:\/\//) });
  });

  it("of everything", async () => {
    const { stdout } = await sevens(["schema"]);
    expect(Object.keys(JSON.parse(stdout))).toEqual(Object.keys(schemas));
  });

  it("suggests a name", async () => {
    const { code, stderr } = await sevens(["schema", "rate"]);
    expect(code).toBe(2);
    expect(stderr).toContain("did you mean `rates`?");
  });
});
