/** The compiler and the language service, away from the page so that it never waits for them. */
import {
  check,
  compile,
  type Diagnostic,
  emitModule,
  hasErrors,
  instantiate,
  loadText,
  type Model,
  semanticText,
  toDocument,
} from "sevens";
import type { CompiledAnalysis } from "sevens/runtime";
import { LanguageService } from "sevens/service";
import { hostOf, specFile } from "./host.ts";
import type { Answers, Finding, Question, Reply, Request } from "./protocol.ts";
import { planeOf, resultsOf } from "./results.ts";

const service = new LanguageService(hostOf(""));

type Answer = { readonly [Q in Question]: (request: Request) => Answers[Q] | Promise<Answers[Q]> };

const answers: Answer = {
  evaluate: async ({ text }) => {
    const { model, diagnostics } = compiledOf(text);
    const findings = diagnostics.map(findingOf);
    if (model === undefined) return { findings, results: undefined };
    return { findings, results: { ...(await resultsOf(model.analyses)), declared: model.declared } };
  },
  plane: ({ text }) => planeOf(compiledOf(text).model?.analyses ?? []),
  words: () => {
    service.readNames(specFile);
    return service.words(specFile).map(({ span: { start, end }, kind }) => ({ from: start, to: end, kind }));
  },
  complete: ({ offset }) => service.completions(specFile, offset),
  hover: ({ offset }) => {
    const found = service.hover(specFile, offset);
    return found && { from: found.span.start, to: found.span.end, text: found.text };
  },
  format: () => service.formatted(specFile),
  module: async ({ text }) => {
    const { model } = soundModel(text);
    const compilation = compile(model, {});
    refuse(compilation.diagnostics);
    return emitModule(model, compilation, "js", await hashOf(model));
  },
  document: async ({ text }) => {
    const { model } = soundModel(text);
    return `${JSON.stringify({ ...toDocument(model), hash: await hashOf(model) }, undefined, 2)}\n`;
  },
};

addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  let reply: Reply;
  try {
    service.set(specFile, data.text);
    reply = { id: data.id, answer: await answers[data.question](data) };
  } catch (error) {
    reply = { id: data.id, problem: error instanceof Error ? error.message : String(error) };
  }
  postMessage(reply);
});

interface Compiled {
  readonly diagnostics: readonly Diagnostic[];
  readonly model:
    | { readonly analyses: readonly CompiledAnalysis[]; readonly declared: readonly string[] }
    | undefined;
}

let last: { readonly text: string; readonly compiled: Compiled } | undefined;

/** Findings of a text, and its analyses if it has no error. The last one is kept. */
function compiledOf(text: string): Compiled {
  if (last?.text === text) return last.compiled;
  const compiled = compileText(text);
  last = { text, compiled };
  return compiled;
}

function compileText(text: string): Compiled {
  const { model, diagnostics } = loadText(text, specFile, hostOf(text));
  const found = model === undefined ? diagnostics : [...diagnostics, ...check(model)];
  if (model === undefined || hasErrors(found)) return { diagnostics: found, model: undefined };
  const { units, diagnostics: more } = compile(model, { derivatives: "likelihood" });
  const all = [...found, ...more];
  const declared = model.roots.map((name) => `${model.byName.get(name)?.kind ?? ""} ${name}`.trim());
  return {
    diagnostics: all,
    model: hasErrors(all) ? undefined : { analyses: units.map(instantiate), declared },
  };
}

function soundModel(text: string): { readonly model: Model } {
  const { model, diagnostics } = loadText(text, specFile, hostOf(text));
  refuse(diagnostics);
  if (model === undefined) throw new Error("there is no spec");
  refuse(check(model));
  return { model };
}

function refuse(diagnostics: readonly Diagnostic[]): void {
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(error.message);
}

function findingOf({ severity, code, message, help, span, notes }: Diagnostic): Finding {
  const here = span.file === specFile;
  return {
    severity: severity === "error" ? "error" : "warning",
    code,
    message: [here ? message : `${span.file}: ${message}`, ...notes].join("; "),
    help,
    from: here ? span.start : undefined,
    to: here ? span.end : undefined,
  };
}

async function hashOf(model: Model): Promise<string> {
  const bytes = new TextEncoder().encode(semanticText(toDocument(model)));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
