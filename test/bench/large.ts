/** How the compiler and the editor take very large input: times of four times as much over those of less. */
import { check } from "../../compiler/check/index.ts";
import { suggest } from "../../compiler/diagnostics/index.ts";
import { readDocument } from "../../compiler/interchange/index.ts";
import { loadText } from "../../compiler/load/index.ts";
import { LanguageService } from "../../compiler/service/index.ts";
import { unfinishedAt } from "../../grammar/index.ts";
import { compiled, host, modelOf } from "../physics/compile.ts";
import { bestOf } from "./measure.ts";
import { atMost, type Row, ratioRow } from "./report.ts";

const group = "Large input";
const repetitions = 4;

const nanoseconds = async (work: () => void): Promise<number> => 1e6 * (await bestOf(repetitions, work));

export async function largeRows(): Promise<readonly Row[]> {
  return [
    await declarationsRow(),
    await binsRow(),
    await countsRow(),
    await namesRow(),
    await completionRow(),
  ];
}

async function declarationsRow(): Promise<Row> {
  const declaration = '{"kind":"constant","name":"a","value":{"num":"1"}}';
  const [short, long] = await growth([10_000, 40_000], (count) => {
    const list = new Array<string>(count).fill(declaration).join(",");
    const document = `{"sevens":1,"declarations":[${list}]}`;
    return () => void readDocument(document, "m.json");
  });
  return ratioRow(group, "equal declarations × 4", ["40,000", long], ["10,000", short], atMost(8));
}

/** An experiment with a background of flat shape. */
function experimentOf(bins: number): string {
  return `sevens 1
use materials { Ge }
use sources { SNS }
detector Small {
  target Ge = 100 kg
  observable energy: keVnr { value(T) = T }
}
experiment Run {
  source SNS { protons = 1.5e23 POT; distance = 20 m }
  detector Small
  bins energy = [1 .. 2 step ${1 / bins}] keVnr
  background Flat { shape(x) = 1 /keVnr; total = 60 }
}
`;
}

async function binsRow(): Promise<Row> {
  const [short, long] = await growth([12_000, 48_000], (bins) => {
    const { model } = loadText(experimentOf(bins), "m.sevens", host, { project: "" });
    if (model === undefined) throw new Error("it cannot be read");
    return () => void check(model);
  });
  return ratioRow(group, "bins to check × 4", ["48,000", long], ["12,000", short], atMost(7));
}

async function countsRow(): Promise<Row> {
  const analysis =
    "use interactions { TreeLevel }\nanalysis A { model = TreeLevel; experiments = Run; data = asimov }\n";
  const [short, long] = await growth([500, 2000], (bins) => {
    const spec = modelOf(loadText(`${experimentOf(bins)}${analysis}`, "m.sevens", host, { project: "" }));
    return () => void compiled(spec, { derivatives: "none" });
  });
  return ratioRow(group, "bins to count in × 4", ["2,000", long], ["500", short], atMost(7));
}

async function namesRow(): Promise<Row> {
  const [some, many] = await growth([2000, 2001], (count) => {
    const known = Array.from({ length: count }, (_, i) => `name${i}`);
    return () => {
      for (let i = 0; i < 200; i++) suggest(`unknown${i}`, known);
    };
  });
  return ratioRow(
    group,
    "more known names than are looked at",
    ["2,001", many],
    ["2,000", some],
    atMost(0.5),
  );
}

async function completionRow(): Promise<Row> {
  const one = (i: number): string =>
    `interaction Number${i} {\n  parameter a = 1 in 0 .. 2\n  charge[l] += a*(Z + N)\n}\n`;
  const text = `sevens 1\n${Array.from({ length: 5000 }, (_, i) => one(i)).join("")}analysis Fit {\n  model = `;
  const service = new LanguageService(host);
  service.set("m.sevens", text);
  const words = await nanoseconds(() => void unfinishedAt(text, text.length));
  const offers = await nanoseconds(() => void service.completions("m.sevens", text.length));
  return ratioRow(
    group,
    "completion in 20,000 lines",
    ["completion", offers],
    ["its words", words],
    atMost(0.5),
  );
}

async function growth(
  sizes: readonly [number, number],
  workOf: (size: number) => () => void,
): Promise<readonly [number, number]> {
  const [small, large] = sizes.map(workOf);
  return [await nanoseconds(small!), await nanoseconds(large!)];
}
