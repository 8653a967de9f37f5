/** What the template writes to keep a generated module up to date. */
import type { Group, KernelProgram } from "../kernel/form.ts";
import { chiSquareKey, dataNames, slopeKey } from "../stage/index.ts";
import type { BitTest } from "../wasm/print.ts";
import { masksOf, type UpdatePlan, wordRange } from "./update-plan.ts";

const docs: Readonly<Record<Group, string>> = {
  shared: "What the sums over nodes and the polynomials both need.",
  direct: "The sums over nodes.",
  templates: "The templates of the polynomials.",
  polynomials: "The same sums as polynomials of the couplings.",
  counts: "Totals and constraints.",
  likelihood: "chi^2 at the data.",
  slopes: "Derivatives of chi^2.",
  detail: "Components and channels.",
  jacobian: "Derivatives of the counts.",
};

/** Parts that other views take over; the rest is for the template alone. */
export interface UpdateView {
  /** Forgets what was computed from the data before. */
  readonly forget: string;
  readonly slopeUpdates: readonly string[];
  readonly [part: string]: unknown;
}

/** What the template needs to write `mark`, the functions of the groups and the updates. */
export function updateView(
  kernel: KernelProgram,
  plan: UpdatePlan,
  index: ReadonlyMap<string, number>,
  typescript: boolean,
): UpdateView {
  const { words, used, testsOf } = plan;
  const element = (word: number): string => `dirty[${word}]`;
  const read = (word: number): string => `${element(word)}${typescript ? "!" : ""}`;
  const wordsOf = (group: Group): readonly string[] =>
    Array.from({ length: words }, (_, word) => element(used.indexOf(group) * words + word));
  const either = (tests: readonly BitTest[], of: (word: number) => string): string =>
    tests.map(({ word, mask }) => `(${of(word)} & ${mask}) !== 0`).join(" || ") || "false";
  const clean = (group: Group, names: readonly string[]): string =>
    testsOf(group, names)
      .map(({ word, mask }) => `(${read(word)} & ${mask}) === 0`)
      .join(" && ") || "true";
  const moved = (names: readonly string[]): string =>
    either(
      masksOf(index, words, names).flatMap((mask, word) => (mask === 0 ? [] : [{ word, mask }])),
      (word) => `moved${word}`,
    );
  const run = (...wanted: readonly Group[]): readonly string[] =>
    wanted.filter((group) => used.includes(group)).map(nameOf);
  const branched = used.includes("polynomials");
  /** After the counts: everything is there that these groups read, whichever way the counts came. */
  const asked = (...wanted: readonly Group[]): readonly string[] => [
    ...(branched ? run("direct") : []),
    ...(wanted.some((group) => kernel.usesTemplates.includes(group)) ? run("templates") : []),
    ...run(...wanted),
  ];
  const inSums = readsOf(kernel, ["shared", "direct", "templates", "polynomials"]);
  const frozen = inSums.filter((name) => !kernel.couplings.includes(name));
  return {
    wordCount: words,
    dirtySize: plan.dirtySize,
    words: Array.from({ length: words }, (_, word) => ({
      word,
      moved: `moved${word}`,
      ...wordRange(word, index.size),
    })),
    groups: used.map((group) => ({
      name: nameOf(group),
      doc: docs[group],
      steps: (plan.steps.get(group) ?? []).map((step) =>
        step.kind === "run" ? `${step.name}();` : `if (${either(step.tests, read)}) ${step.stage.name}();`,
      ),
      clear: wordsOf(group)
        .map((word) => `${word} = 0;`)
        .join(" "),
    })),
    updates: [...run("shared"), ...(branched ? ["runSums"] : run("direct")), ...run("counts")],
    // What two of these need belongs to the first of them.
    detailUpdates: asked("likelihood", "slopes", "detail"),
    jacobianUpdates: asked("likelihood", "slopes", "detail", "jacobian"),
    couplings: branched && {
      frozenMoved: moved(frozen),
      couplingsMoved: moved(kernel.couplings),
      directClean: clean("direct", inSums),
      polynomialsClean: clean("polynomials", inSums),
      forgetTemplates: wordsOf("templates")
        .map((word) => `${word} = -1;`)
        .join(" "),
      templatesFresh: clean("templates", frozen),
    },
    forget: (["likelihood", "slopes"] as const)
      .filter((group) => used.includes(group))
      .flatMap((group) => wordsOf(group).map((word) => `${word} = -1;`))
      .join(" "),
    slopeUpdates: asked("likelihood", "slopes"),
  };
}

/** Parameters that the stages of some groups read. */
function readsOf({ stages }: KernelProgram, wanted: readonly Group[]): readonly string[] {
  return [...new Set(stages.flatMap(({ group, reads }) => (wanted.includes(group) ? reads : [])))];
}

function nameOf(group: Group): string {
  return `run${group.charAt(0).toUpperCase()}${group.slice(1)}`;
}

/** chi^2 and its gradient: where the data go, and which values come out. */
export function chiSquareView(
  kernel: KernelProgram,
  experiments: readonly { readonly name: string }[],
  index: ReadonlyMap<string, number>,
  typescript: boolean,
  scalar: (name: string) => string,
): object | undefined {
  const value = kernel.outputs.get(chiSquareKey)?.name;
  if (value === undefined) return undefined;
  const stored = new Set(kernel.data.map(({ name }) => name));
  const data = experiments.flatMap(({ name }, i) => {
    const { observed, deviation } = dataNames(name);
    const own = `data[${i}]${typescript ? "!" : ""}`;
    return [
      ...(stored.has(observed) ? [`${observed}.set(${own}.counts);`] : []),
      ...(stored.has(deviation) ? [`if (${own}.sigma) ${deviation}.set(${own}.sigma);`] : []),
    ];
  });
  const slopes = kernel.gradient.flatMap((name) => {
    const slope = kernel.outputs.get(slopeKey(name))?.name;
    return slope === undefined ? [] : [{ index: index.get(name), value: scalar(slope) }];
  });
  return { value: scalar(value), data, slopes };
}
