/** From text to a module: time, start-up of the command line, size of what a program bundles. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import * as sources from "../../compiler/index.ts";
import { host, modelOf, modelOfExample, root } from "../physics/compile.ts";
import { bestOf } from "./measure.ts";
import { atMost, type Row } from "./report.ts";

const group = "Compiling";
const example = "coherent-csi/neutron-radius.sevens";

type Compiler = Pick<typeof sources, "load" | "check" | "compile" | "emitModule">;

/** The compiler as the package has it; from its sources when it is not built. */
async function builtCompiler(): Promise<Compiler> {
  const built = join(root, "dist/index.js");
  return existsSync(built) ? await import(built) : sources;
}

/** Text to a module, all passes: what `sevens build` does. */
async function moduleOf(
  path: string,
  { load, check, compile, emitModule }: Compiler,
  format: "ts" | "js" = "ts",
): Promise<string> {
  const model = modelOf(load(path, host));
  check(model);
  return emitModule(model, compile(model), format);
}

function examples(): readonly string[] {
  const folder = join(root, "examples");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".sevens")).sort();
}

async function compileRows(compiler: Compiler): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const file of examples()) {
    const path = join(root, "examples", file);
    const value = await bestOf(12, async () => {
      await moduleOf(path, compiler);
    });
    rows.push({
      group,
      name: file,
      value,
      unit: "ms",
      target: atMost(300),
      note: "text to module, warm process",
    });
  }
  return rows;
}

async function coldRow(): Promise<Row> {
  const name = "sevens rates from a cold start";
  const cli = join(root, "dist/cli.js");
  if (!existsSync(cli)) return { group, name, target: atMost(1000), note: "no dist/cli.js: npm run build" };
  const value = await bestOf(9, () => {
    execFileSync(process.execPath, [cli, "rates", join(root, "examples", example)], { stdio: "ignore" });
  });
  return { group, name, value, unit: "ms", target: atMost(1000), note: `node dist/cli.js rates ${example}` };
}

/** Size of a module with the part of the runtime that it uses. */
async function sizeRows(folder: string): Promise<readonly Row[]> {
  const input = join(folder, "module.js");
  writeFileSync(input, await moduleOf(join(root, "examples", example), sources, "js"));
  const bundle = await rolldown({
    input,
    platform: "browser",
    resolve: { alias: { "sevens/runtime": join(root, "runtime/index.ts") } },
    logLevel: "silent",
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  await bundle.close();
  const code = output[0].code;
  const without = modelOfExample(example).file.split("/").pop() ?? example;
  const note = `${without}, its data and runtime, one minified file`;
  return [
    { group, name: "bundled module", value: code.length / 1000, unit: "kB", note },
    { group, name: "bundled module, gzip", value: gzipSync(code).length / 1000, unit: "kB", note },
  ];
}

export async function buildRows(folder: string): Promise<readonly Row[]> {
  return [...(await compileRows(await builtCompiler())), await coldRow(), ...(await sizeRows(folder))];
}
