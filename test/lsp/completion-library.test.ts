/** At every word of specs that are sound, that word is among what is offered, unless it is a new name. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { diskHost } from "../../compiler/disk/host.ts";
import { LanguageService } from "../../compiler/service/index.ts";
import { expressionsOf, parse, visitExpr, visitStatements } from "../../grammar/index.ts";
import type { Expr, Name } from "../../grammar/syntax.ts";
import { root } from "../physics/compile.ts";

const specs = [
  "models/experiments/CsI2021.sevens",
  "models/experiments/DresdenII.sevens",
  "models/detectors/CsINa.sevens",
  "models/functions/kineticMixing.sevens",
  "models/interactions/AxialVector.sevens",
  "models/interactions/BMinusL.sevens",
  "models/interactions/LargeExtraDimensions.sevens",
  "models/interactions/MillichargeEPA.sevens",
  "models/interactions/NSI.sevens",
  "models/interactions/SolarOscillations.sevens",
  "models/interactions/StandardModel.sevens",
  "models/materials/CaWO4.sevens",
  "models/nuclei/Cs133.sevens",
  "models/sources/SNS.sevens",
  "models/sources/Reactor.sevens",
  "examples/coherent-csi/neutron-radius.sevens",
  "examples/coherent-lar/free-normalisation.sevens",
  "examples/light-mediators/light-mediators.sevens",
];

/** Offsets of names that are new where they stand. */
function newNames(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  const add = (name: Name | undefined): void => void (name && found.add(name.span.start));
  const variables = (e: Expr): void =>
    visitExpr(e, (one) => {
      const binds =
        one.kind === "call" && ["integral", "sum", "root"].includes(one.callee.parts[0]?.text ?? "");
      if (binds) for (const { name } of one.args) add(name);
      return true;
    });
  visitStatements(parse(text, "").tree.statements, (statement, parents) => {
    const refers = ["free", "fix", "tie", "profile", "target", "bins"].includes(statement.keyword.text);
    const uses = parents.length > 0 && ["source", "detector"].includes(statement.keyword.text);
    if (!refers && !uses) add(statement.label?.parts[0]);
    for (const { name } of statement.params ?? []) add(name);
    for (const clause of statement.clauses) {
      if (clause.kind !== "where") continue;
      for (const { name, params } of clause.bindings)
        for (const one of [name, ...(params ?? []).map((p) => p.name)]) add(one);
    }
    for (const e of expressionsOf(statement)) variables(e);
    return true;
  });
  return found;
}

/** Words outside of comments, texts, citations and numbers; `sevens 1` aside. */
function wordsIn(text: string): readonly { readonly word: string; readonly at: number }[] {
  const other = /\/\/[^\n]*|"[^"\n]*"|@cite[ \t]+[^\n]*|\b\d+(?:\.\d+)?(?:e[+-]?\d+)?|^sevens 1/gm;
  const plain = text.replace(other, (found) => " ".repeat(found.length));
  return [...plain.matchAll(/[A-Za-z_]\w*/g)].map(({ 0: word, index }) => ({ word, at: index }));
}

const service = new LanguageService(diskHost(root));

describe.each(specs)("%s", (file) => {
  test("offers each of its words where it stands", () => {
    const text = readFileSync(`${root}/${file}`, "utf8");
    service.set(file, text);
    const fresh = newNames(text);
    const known = wordsIn(text).filter(({ at }) => !fresh.has(at));
    expect(known.length).toBeGreaterThan(5);
    const missing = known.filter(({ word, at }) => {
      const found = service.completions(file, at).map(({ label }) => label);
      // `Rn` is offered as `Cs133.Rn`, `R` of a call as `R =`, `dsigma` and `dT` as `dsigma/dT`, `cm` as `cm^2`.
      return !found.some((label) => label === word || label.split(/[.^/]| =/).includes(word));
    });
    const lineOf = (at: number): string => `${text.slice(text.lastIndexOf("\n", at) + 1, at)}¦`;
    expect(missing.map(({ word, at }) => `${lineOf(at)}${word}`)).toEqual([]);
  });
});
