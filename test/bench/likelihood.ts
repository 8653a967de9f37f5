/** One evaluation of the CsI likelihood against hand-written C++, its own logarithms and direct quadrature. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chiSquare, poissonChiSquare } from "../../runtime/index.ts";
import { type Compiled, root } from "../physics/compile.ts";
import { directChiSquare, directData, type Point } from "./direct.ts";
import { type Contestant, calling, interleaved, quiet, type Samples, Worker } from "./measure.ts";
import { mover, parameters, pointOf, valuesAt } from "./points.ts";
import { atLeast, atMost, type Row, ratioRow } from "./report.ts";
import { ordersOf, stagedData } from "./staged-data.ts";

function compiledContestants({ analysis }: Compiled): readonly Contestant[] {
  const objective = chiSquare(analysis);
  const x = Float64Array.from(objective.start);
  const out = new Float64Array(x.length);
  const moveAll = mover(objective, parameters);
  const moveCoupling = mover(objective, ["g_Zp"]);
  const { gradient } = objective;
  if (gradient === undefined) throw new Error("the likelihood has no gradient");
  const { name, data } = analysis.experiments[0]!;
  const expected = Float64Array.from(analysis.counts(x)[name]!.total);
  return [
    calling("full", 100, (step) => {
      moveAll(x, step);
      return objective.value(x);
    }),
    calling("gradient", 40, (step) => {
      moveAll(x, step);
      gradient(x, out);
      return out[0]!;
    }),
    calling("coupling", 200, (step) => {
      moveCoupling(x, step);
      return objective.value(x);
    }),
    calling("poisson", 1000, (step) => {
      expected[step % expected.length]! += 1e-9;
      return poissonChiSquare(expected, data!);
    }),
  ];
}

/** g++ and its result; undefined where there is no g++. */
function buildCpp(folder: string): string | undefined {
  const program = join(folder, "csi");
  try {
    execFileSync("g++", ["--version"], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  const source = join(root, "test/bench/csi.cpp");
  execFileSync("g++", ["-O3", "-march=native", source, "-o", program]);
  return program;
}

/** A Python that has NumPy. */
function findPython(): string | undefined {
  return ["python3", "/usr/bin/python3"].find((command) => {
    try {
      execFileSync(command, ["-c", "import numpy"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
}

interface Other {
  readonly name: string;
  readonly worker: Worker;
}

function startOthers(folder: string, csi: Compiled): readonly Other[] {
  const orders = ordersOf(csi.unit);
  const others: Other[] = [];
  const cpp = buildCpp(folder);
  if (cpp !== undefined) {
    const data = join(folder, "staged.txt");
    writeFileSync(data, stagedData(orders));
    others.push({ name: "C++", worker: new Worker(cpp, [data]) });
  }
  const python = findPython();
  if (python !== undefined) {
    const data = join(folder, "direct.json");
    writeFileSync(data, directData(orders));
    others.push({ name: "NumPy", worker: new Worker(python, [join(root, "test/bench/direct.py"), data]) });
  }
  return others;
}

/** All codes give the same χ² at several points, or there is nothing to compare. */
async function assertAgreement(
  csi: Compiled,
  others: readonly Other[],
  direct: (at: Point) => number,
): Promise<void> {
  const objective = chiSquare(csi.analysis);
  const move = mover(objective, parameters);
  const x = Float64Array.from(objective.start);
  for (const step of [0, 3, 6]) {
    move(x, step);
    const expected = objective.value(x);
    const values = valuesAt(step);
    const found: [string, number][] = [["TypeScript", direct(pointOf(values))]];
    for (const { name, worker } of others) found.push([name, await worker.ask(`chi2 ${values.join(" ")}`)]);
    for (const [name, value] of found) {
      const difference = Math.abs(value - expected) / expected;
      if (!(difference < 1e-9)) throw new Error(`chi2 of ${name} is ${value}, of Sevens ${expected}`);
    }
  }
}

export async function likelihoodRows(csi: Compiled, folder: string, rounds: number): Promise<readonly Row[]> {
  const direct = directChiSquare(ordersOf(csi.unit));
  const others = startOthers(folder, csi);
  await assertAgreement(csi, others, direct);
  const own = compiledContestants(csi);
  const find = (name: string): Worker | undefined => others.find((one) => one.name === name)?.worker;
  const cpp = find("C++");
  const numpy = find("NumPy");
  const quick = await interleaved(
    [...own, ...(cpp ? [cpp.contestant("C++", "time 300"), cpp.contestant("C++ logs", "poisson 1000")] : [])],
    rounds,
  );
  const slow = await interleaved(
    [
      own[0]!,
      calling("TypeScript", 1, (step) => direct(pointOf(valuesAt(step)))),
      ...(numpy ? [numpy.contestant("NumPy", "time 1")] : []),
    ],
    Math.ceil(rounds / 5),
  );
  for (const { worker } of others) worker.stop();
  return [...stagedRows(quick, cpp !== undefined), ...directRows(slow, numpy !== undefined)];
}

function stagedRows(samples: Samples, hasCpp: boolean): readonly Row[] {
  const time = (name: string) => [name, quiet(samples, name)] as const;
  const group = "One evaluation of the CsI likelihood";
  const against = "full evaluation / hand-written C++";
  return [
    hasCpp
      ? ratioRow(group, against, time("full"), time("C++"), atMost(1))
      : { group, name: against, note: "no g++ on this machine", target: atMost(1) },
    ratioRow(group, "gradient / full evaluation", time("gradient"), time("full"), atMost(4)),
    ratioRow(group, "coupling-only / Poisson terms", time("coupling"), time("poisson"), atMost(2)),
    ...(hasCpp ? [ratioRow(group, "Poisson terms / those of C++", time("poisson"), time("C++ logs"))] : []),
  ];
}

function directRows(samples: Samples, hasNumpy: boolean): readonly Row[] {
  const group = "Direct double quadrature of the same likelihood";
  const time = (name: string) => [name, quiet(samples, name)] as const;
  const python = "Python with NumPy / full evaluation";
  return [
    ratioRow(group, "TypeScript / full evaluation", time("TypeScript"), time("full"), atLeast(100)),
    hasNumpy
      ? ratioRow(group, python, time("NumPy"), time("full"), atLeast(1000))
      : { group, name: python, note: "no python3 with numpy on this machine", target: atLeast(1000) },
  ];
}
