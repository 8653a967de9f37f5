/** A file system of strings, and short views of what loading found. */
import type { Diagnostic } from "../../compiler/diagnostics/index.ts";
import { type Loaded, loadText } from "../../compiler/load/index.ts";
import type { Host, Model } from "../../compiler/model/model.ts";

export type Files = Readonly<Record<string, string>>;

/** Paths below `/project`; the library is `/library`. */
export function memoryHost(files: Files = {}): Host {
  return {
    readFile: (path) => files[path],
    listFiles: (folder) =>
      Object.keys(files).flatMap((path) => {
        const name = path.slice(folder.length + 1);
        return path.startsWith(`${folder}/`) && !name.includes("/") ? [name] : [];
      }),
    library: "/library",
  };
}

export function loadMain(text: string, files: Files = {}): Loaded {
  return loadText(text, "/project/main.sevens", memoryHost(files));
}

export function codesOf(text: string, files: Files = {}): readonly string[] {
  return loadMain(text, files).diagnostics.map(({ code }) => code);
}

/** The marked text of every diagnostic. */
export function marked(text: string, files: Files = {}): readonly string[] {
  const { model, diagnostics } = loadMain(text, files);
  return diagnostics.map((one) => textOf(one, model));
}

function textOf({ span }: Diagnostic, model: Model | undefined): string {
  return (model?.sources.get(span.file) ?? "").slice(span.start, span.end);
}

/** The model of a text without errors. */
export function modelOf(text: string, files: Files = {}): Model {
  const { model, diagnostics } = loadMain(text, files);
  if (model === undefined || diagnostics.length > 0) {
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"));
  }
  return model;
}
