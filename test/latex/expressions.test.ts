/** Expressions and declarations as LaTeX, read by a person; everything is set by KaTeX. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import katex from "katex";
import { describe, expect, test, vi } from "vitest";
import { loadText } from "../../compiler/index.ts";
import { formulasOf, isMath, latexOf, namesOf } from "../../compiler/latex/index.ts";
import type { Host } from "../../compiler/model/model.ts";
import { parse } from "../../grammar/parse.ts";
import { visitStatements } from "../../grammar/visit.ts";
import { expr } from "../grammar/arbitrary.ts";

const host: Host = { readFile: () => undefined, library: "models" };

function modelOf(text: string) {
  const { model } = loadText(`sevens 1\n${text}`, "test.sevens", host);
  if (model === undefined) throw new Error("no model");
  return model;
}

/** The formula of a constant. */
function printed(formula: string): string {
  const model = modelOf(`constant shown = ${formula}`);
  const value = model.byName.get("shown")?.statement.assign?.value;
  if (value === undefined) throw new Error("no formula");
  return latexOf(value, namesOf(model.declarations[0]!, model));
}

/** The formulas of the one declaration of a text. */
function formulas(text: string): readonly string[] {
  const model = modelOf(text);
  return formulasOf(model.declarations[0]!, model).map(({ latex }) => latex);
}

const set = (latex: string, strict: "error" | "ignore" = "error"): string =>
  katex.renderToString(latex, { displayMode: true, strict, throwOnError: true });

describe("expressions", () => {
  test.each([
    ["a*b/c*d", "\\frac{a\\,b}{c}\\,d"],
    ["a/b/c", "\\frac{a}{b\\,c}"],
    ["a/(b*c)", "\\frac{a}{b\\,c}"],
    ["a/(b + c)", "\\frac{a}{b + c}"],
    ["a*(b + c)", "a\\,(b + c)"],
    ["a - (b - c)", "a - (b - c)"],
    ["a - (-b)", "a - (-b)"],
    ["-1/2*x", "-\\frac{1}{2}\\,x"],
    ["-x^2", "-x^{2}"],
    ["(-x)^2", "(-x)^{2}"],
    ["(a/b)^2", "\\left(\\frac{a}{b}\\right)^{2}"],
    ["a^b^c", "a^{b^{c}}"],
    ["(a^b)^c", "\\left(a^{b}\\right)^{c}"],
    ["x^(1/2)", "\\sqrt{x}"],
    ["x*2*3", "x \\cdot 2 \\cdot 3"],
    ["x*4/3*y", "x\\,\\frac{4}{3}\\,y"],
    ["sin(x)^2", "\\sin^{2}(x)"],
    ["exp(-x)", "e^{-x}"],
    ["exp(-x/y)", "\\exp\\left(-\\frac{x}{y}\\right)"],
    ["x/2*(-y)", "\\frac{x}{2}\\,(-y)"],
    ["x/(-y)", "\\frac{x}{-y}"],
    ["x*sum(f(n), n = 0 .. 5)*2", "x\\,\\left(\\sum_{n=0}^{5} f(n)\\right) \\cdot 2"],
    [
      "(if x < 1 then 0 else y) + z",
      "\\left(\\begin{cases} 0 & \\text{if } x < 1 \\\\ y & \\text{otherwise} \\end{cases}\\right) + z",
    ],
    ["sqrt(a + b)", "\\sqrt{a + b}"],
    ["1.5e-3", "1.5 \\times 10^{-3}"],
    ["(1e-3)^2", "\\left(10^{-3}\\right)^{2}"],
    ["12%", "12\\%"],
    ["1 keVnr", "1\\,\\mathrm{keV}_{\\mathrm{nr}}"],
    ["x/keVee", "\\frac{x}{\\mathrm{keV}_{\\mathrm{ee}}}"],
    ["toString_constructor", "\\mathrm{toString}_{\\mathrm{constructor}}"],
    ["m_mu^2", "m_{\\mu}^{2}"],
    ["R0*Rn", "R_{0}\\,R_{n}"],
    ["eps_u[l, k]", "\\varepsilon_{\\ell k}^{u}"],
    ["eps_u[l, k]^2", "\\left(\\varepsilon_{\\ell k}^{u}\\right)^{2}"],
    ["mu_nu[l]", "\\mu_{\\nu_{\\ell}}"],
    ["integral(x^2, x = 0 .. 1)", "\\int_{0}^{1} x^{2}\\,\\mathrm{d}x"],
    ["sum(f(n) + g(n), n = 0 .. 5)*h", "\\left(\\sum_{n=0}^{5} (f(n) + g(n))\\right)\\,h"],
    ["sum(f[l], l = flavors)", "\\sum_{\\ell} f_{\\ell}"],
    [
      "if x < 1 then 0 else y",
      "\\begin{cases} 0 & \\text{if } x < 1 \\\\ y & \\text{otherwise} \\end{cases}",
    ],
    ["f(g(x))", "f(g(x))"],
    ["slow_thing(x)", "\\operatorname{slow}_{\\mathrm{thing}}(x)"],
  ])("%s", (formula, latex) => {
    expect(printed(formula)).toBe(latex);
    set(latex);
  });

  test("whatever can be written can be set, and its braces are balanced", () => {
    const model = modelOf("constant shown = 1");
    const names = namesOf(model.declarations[0]!, model);
    // It lacks the widths of some letters.
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    fc.assert(
      fc.property(expr, (e) => {
        const latex = latexOf(e, names);
        expect(
          [...latex.replace(/\\[{}]/g, "").matchAll(/[{}]/g)].reduce((n, [c]) => n + (c === "{" ? 1 : -1), 0),
        ).toBe(0);
        // KaTeX does not know every letter that a text in quotes may have.
        if (!/[^ -~\n]/.test(latex)) set(latex, "ignore");
      }),
      { numRuns: 500 },
    );
    warn.mockRestore();
  });
});

describe("math of doc comments", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const specs = ["models", "examples"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".sevens") && !name.includes("node_modules"))
      .map((name) => readFileSync(join(root, folder, name), "utf8")),
  );

  test("that of the library and the examples is all of known commands", () => {
    const statements = specs.flatMap((text) => parse(text, "f").tree.statements);
    const found: string[] = [];
    visitStatements(statements, ({ doc, note }) => {
      for (const text of [doc?.text ?? "", note?.text ?? ""])
        found.push(...[...text.matchAll(/\$([^$]+)\$/g)].map(([, math = ""]) => math.replace(/\s+/g, " ")));
      return undefined;
    });
    expect(found.length).toBeGreaterThan(100);
    expect(found.filter((math) => !isMath(math))).toEqual([]);
  });

  test.each([
    "\\input{x}",
    "a}",
    "{a",
    "a%",
    "a#1",
    "a&b",
    "\\",
    "a\\\\b",
    "^^5c",
    "a`b",
    "a~b",
    "\u0007",
    "\\begin{x}",
  ])("%s is none", (math) => {
    expect(isMath(math)).toBe(false);
  });
});

describe("declarations", () => {
  test("charges, cross sections and fluxes", () => {
    expect(
      formulas(`interaction X {
        /// $\\theta$, an angle
        parameter angle[l, k] = 0
        let strength(p: momentum) = 1/(G_F*p^2)
        charge[l -> k] -= strength(q)*angle[l, k]*Z*Fp(q)
        dsigma/dT [mu] += x where x = T/E^4
        gV_e[l] += 2
        flux[l -> k] *= if l == k then 1 else 0
      }`),
    ).toEqual([
      "\\operatorname{strength}(p) = \\frac{1}{G_{F}\\,p^{2}}",
      "Q_{\\ell k} \\mathrel{-}= \\operatorname{strength}(q)\\,\\theta_{\\ell k}\\,Z\\,F_{p}(q)",
      "\\begin{aligned}\n\\frac{\\mathrm{d}\\sigma_{\\mu}}{\\mathrm{d}T} &\\mathrel{+}= x \\\\\n&\\quad \\text{where } x = \\frac{T}{E^{4}}\n\\end{aligned}",
      "g_{V,\\ell}^{e} \\mathrel{+}= 2",
      "\\Phi_{\\ell \\to k} \\mathrel{\\times}= \\begin{cases} 1 & \\text{if } \\ell = k \\\\ 0 & \\text{otherwise} \\end{cases}",
    ]);
  });

  test("a vector mediator, its quark charges added up", () => {
    expect(
      formulas(`interaction X {
        parameter g = 1e-5
        parameter M_Zp = 1 MeV
        mediator Zp: vector { mass = M_Zp; coupling = g; charges = { u: -1/3, d: 2/3, leptons: 1 } }
      }`),
    ).toEqual([
      "Q_{\\ell} \\mathrel{+}= \\frac{g^{2}}{\\sqrt{2}\\,G_F\\left(q^{2} + M_{Z'}^{2}\\right)}\\,Q'_{\\nu_\\ell}\\left[N\\,F_n(q)\\right]",
      "g_{V,\\ell}^{e} \\mathrel{+}= \\frac{g^{2}}{\\sqrt{2}\\,G_F\\left(q^{2} + M_{Z'}^{2}\\right)}\\,Q'_{\\nu_\\ell}\\,Q'_{e}",
    ]);
  });

  test("a scalar mediator of neutrinos and down quarks", () => {
    expect(
      formulas(`interaction X {
        parameter g = 1e-5
        mediator phi: scalar { mass = 1 MeV; coupling = g; charges = { d: 2, nu: 1 } }
      }`),
    ).toEqual([
      "\\frac{\\mathrm{d}\\sigma_{\\ell}}{\\mathrm{d}T} \\mathrel{+}= \\frac{M^{2}\\,T}{4\\pi\\,E^{2}}\\,\\frac{g^{4}\\,Q_{\\nu_\\ell}'^{2}\\,Q_{\\phi}^{2}}{\\left(q^{2} + (1\\,\\mathrm{MeV})^{2}\\right)^{2}}",
      "Q_{\\phi} = 2\\,\\frac{m_p\\,f_{Td}^{p}}{m_d}\\,Z\\,F_p(q) + 2\\,\\frac{m_n\\,f_{Td}^{n}}{m_d}\\,N\\,F_n(q)",
    ]);
  });

  test("responses of a detector", () => {
    expect(
      formulas(`detector X {
        target Ge = 1 kg
        observable pe: PE {
          density(n | T) = normal_pdf(n, 2 PE, 1 PE)
          efficiency(n) = 1 - exp(-n/PE)  for n in 0 PE .. 10 PE
        }
      }`),
    ).toMatchInlineSnapshot(`
      [
        "p(n \\mid T) = \\mathcal{N}(n, 2\\,\\mathrm{PE}, 1\\,\\mathrm{PE})",
        "\\begin{aligned}
      \\operatorname{efficiency}_{\\mathrm{pe}}(n) &= 1 - \\exp\\left(-\\frac{n}{\\mathrm{PE}}\\right) \\\\
      &\\quad \\text{for } 0\\,\\mathrm{PE} \\le n \\le 10\\,\\mathrm{PE}
      \\end{aligned}",
      ]
    `);
  });
});
