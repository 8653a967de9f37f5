/** The kind descriptions themselves: their examples, their consistency, their reference pages. */
import { describe, expect, it } from "vitest";
import {
  type BlockDescription,
  type FieldDescription,
  kinds,
  referencePage,
} from "../../compiler/kinds/index.ts";
import { kindNames } from "../../compiler/model/model.ts";
import { parse } from "../../grammar/index.ts";
import { loadMain } from "./load-support.ts";

/** The files that the examples use. */
const files = {
  "/library/nuclei.sevens": `
formfactor point(R: length) { F(q) = 1 }
nucleus Cs133 { Z = 55; A = 133; atomic_mass = 132.9 u; protons = point(R = 1 fm); neutrons = point(R = 1 fm) }
nucleus I127 from Cs133 { Z = 53; A = 127 }`,
  "/library/materials.sevens": "use nuclei { Cs133, I127 }\nmaterial CsI = { Cs133: 1, I127: 1 }",
  "/library/formfactors.sevens": "formfactor Helm(R: length) { F(q) = 1 }",
  "/library/interactions/TreeLevel.sevens": kinds.interaction.example.replace("MagneticMoment", "TreeLevel"),
  "/project/facility.sevens": `${kinds.source.example}\n${kinds.detector.example.replace("sevens 1", "")}`,
  "/project/run1.sevens": kinds.experiment.example,
};

function allFields(block: BlockDescription | undefined): readonly FieldDescription[] {
  const own = block === undefined ? [] : [...block.fields, ...(block.open === undefined ? [] : [block.open])];
  return own.flatMap((field) => [field, ...allFields(field.block)]);
}

describe.each(kindNames.map((kind) => [kind, kinds[kind]] as const))("%s", (keyword, kind) => {
  it("has an example that parses and loads, and declares one", () => {
    const { problems, tree } = parse(kind.example, "example.sevens");
    expect(problems).toEqual([]);
    expect(tree.statements.some((statement) => statement.keyword.text === keyword)).toBe(true);
    expect(loadMain(kind.example, files).diagnostics).toEqual([]);
  });

  it("describes fields without contradiction", () => {
    for (const field of allFields(kind.block)) {
      expect(field.doc).toMatch(/\.$/);
      expect(field.required && field.default !== undefined, field.keyword).toBe(false);
      expect(field.value === undefined, field.keyword).toBe(field.operators.length === 0);
      for (const clause of field.requiredClauses) expect(field.clauses).toContain(clause);
    }
    for (const choice of kind.block?.choices ?? []) {
      for (const way of choice.ways.flat())
        expect(allFields(kind.block).map((field) => field.keyword)).toContain(way);
    }
  });

  it("has a reference page with every field", () => {
    const page = referencePage(kind);
    for (const field of allFields(kind.block)) expect(page).toContain(`### ${field.keyword}`);
    expect(page).toContain(kind.example.trimEnd());
  });
});
