/** The TypeScript that is written holds under the strictest settings, and computes what the compiler computes. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { renderModule } from "../../compiler/emit/emit.ts";
import { instantiateCode } from "../../compiler/emit/instantiate.ts";
import { type CompiledAnalysis, chiSquare } from "../../runtime/index.ts";
import { countsOf, root, vector } from "../physics/compile.ts";
import { formsOf, tiny } from "./forms.ts";

const specs = [tiny, join(root, "examples/coherent-csi/neutron-radius.sevens")];

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts"],
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitReturns: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
  paths: { "sevens/runtime": [join(root, "runtime/index.ts")] },
};

interface Checked {
  readonly problems: readonly string[];
  /** Casts, and places whose type is `any`, written or inferred. */
  readonly loose: readonly string[];
}

/** Type-checks a module that is not on disk. */
function checkModule(text: string): Checked {
  const name = join(root, "generated.ts");
  const disk = ts.createCompilerHost(options);
  const program = ts.createProgram([name], options, {
    ...disk,
    fileExists: (path) => path === name || disk.fileExists(path),
    getSourceFile: (path, language) =>
      path === name ? ts.createSourceFile(path, text, language, true) : disk.getSourceFile(path, language),
  });
  const source = program.getSourceFile(name);
  const problems = ts
    .getPreEmitDiagnostics(program, source)
    .map(({ messageText, start }) => `${start}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  const checker = program.getTypeChecker();
  const loose: string[] = [];
  const visit = (node: ts.Node): void => {
    const written = node.kind === ts.SyntaxKind.AnyKeyword || ts.isAsExpression(node);
    if (written) loose.push(node.getText());
    if (ts.isIdentifier(node) && (checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) !== 0) {
      loose.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  if (source !== undefined) visit(source);
  return { problems, loose };
}

/** Imports a module whose runtime is that of this repository. */
async function importModule(javascript: string, name: string): Promise<CompiledAnalysis> {
  const text = javascript.replaceAll('"sevens/runtime"', JSON.stringify(join(root, "runtime/index.ts")));
  const folder = mkdtempSync(join(tmpdir(), "sevens-golden-"));
  try {
    const path = join(folder, "module.mjs");
    writeFileSync(path, text);
    const module: unknown = await import(/* @vite-ignore */ path);
    const create: unknown =
      typeof module === "object" && module !== null ? Reflect.get(module, `create${name}`) : undefined;
    const analysis: unknown = typeof create === "function" ? Reflect.apply(create, undefined, []) : undefined;
    if (!isAnalysis(analysis)) throw new Error(`the module has no ${name}`);
    return analysis;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAnalysis(value: unknown): value is CompiledAnalysis {
  return typeof value === "object" && value !== null && "counts" in value && "parameters" in value;
}

describe.each(specs)("%s", { timeout: 120_000 }, (path) => {
  test("type-checks, without any", async () => {
    const { texts } = await formsOf(path);
    const { problems, loose } = checkModule(texts.get("module.ts") ?? "");
    expect(problems).toEqual([]);
    expect(loose).toEqual([]);
    expect(texts.get("module.ts")).not.toContain("@ts-");
  });

  test("the declarations beside the JavaScript type-check as well", async () => {
    const { texts } = await formsOf(path);
    expect(checkModule(texts.get("module.d.ts") ?? "")).toEqual({ problems: [], loose: [] });
  });

  test("WebAssembly computes the same numbers as the code in memory, whatever imports it", async () => {
    const { compiled, texts } = await formsOf(path);
    const imported = await importModule(texts.get("module.wasm.js") ?? "", compiled.unit.name);
    const x = vector(compiled.analysis);
    expect(imported.counts(x)).toEqual(compiled.analysis.counts(x));
    expect(chiSquare(imported).value(x)).toBe(chiSquare(compiled.analysis).value(x));
  });

  test("TypeScript and JavaScript compute the same numbers as their code in memory", async () => {
    const { compiled, texts } = await formsOf(path);
    const { unit } = compiled;
    const analysis = instantiateCode(renderModule([unit.emitted], [], "memory"), unit.name);
    const transpiled = ts.transpileModule(texts.get("module.ts") ?? "", {
      compilerOptions: options,
    }).outputText;
    for (const javascript of [transpiled, texts.get("module.js") ?? ""]) {
      const imported = await importModule(javascript, analysis.name);
      expect(imported.parameters).toEqual(analysis.parameters);
      expect(imported.experiments).toEqual(analysis.experiments);
      const moved = vector(analysis).map((value, i) => value * (1 + 0.01 * (i % 5)));
      for (const x of [vector(analysis), moved]) {
        expect(imported.counts(x)).toEqual(analysis.counts(x));
        expect(imported.constrained(x)).toEqual(analysis.constrained(x));
        expect(imported.jacobian?.(x)).toEqual(analysis.jacobian?.(x));
      }
      expect(countsOf(imported).total).toEqual(countsOf(analysis).total);
    }
  });
});
