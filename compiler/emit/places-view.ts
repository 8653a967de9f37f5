/** Events that are put in at run time: what the template writes of them. */
import type { KernelData, KernelProgram } from "../kernel/form.ts";
import { printNumber, printNumbers } from "../kernel/print.ts";
import type { AnalysisForm } from "../lower/analysis.ts";
import type { ExperimentForm } from "../lower/experiment.ts";
import type { DataSource, PlaceOf } from "../rate/node.ts";

type PlacesSource = DataSource & { readonly kind: "places" };

/** The places of each experiment, and how data are put in. */
export function placesView(
  { experiments }: AnalysisForm,
  { data }: KernelProgram,
  typescript: boolean,
): readonly object[] {
  return experiments.flatMap(({ name, axes, events }, i) => {
    const own = data.flatMap((one): (KernelData & { readonly source: PlacesSource })[] =>
      one.source.kind === "places" && one.source.experiment === name ? [{ ...one, source: one.source }] : [],
    );
    if (events?.weight === undefined) return [];
    const edges = axes.map((axis) => printNumbers(axis.edges)).join(", ");
    const arrays = own.map(({ name: array, source: { of } }) => `{ array: ${array}, ${placeText(of)} }`);
    return {
      variable: `places_${name}`,
      value: `eventPlaces([${edges}], ${events.axis.size}, [${arrays.join(", ")}])`,
      put: `places_${name}.put(data[${i}]${typescript ? "!" : ""}.events)`,
    };
  });
}

function placeText(of: PlaceOf): string {
  if (of.what === "observable")
    return `what: "observable", axis: ${of.axis}, factor: ${printNumber(of.factor)}`;
  return of.what === "bin" ? `what: "bin", list: ${printNumbers(of.list)}` : `what: "${of.what}"`;
}

/** The events of the spec where others can take their places, and how many of them. */
export function listedView({ axes, events }: ExperimentForm): object | undefined {
  if (events?.weight === undefined) return undefined;
  const columns = axes.map(
    (_, i) => `Float64Array.from(${printNumbers(events.listed.map((row) => row[i]!))})`,
  );
  const weights = `new Float64Array(${events.listed.length}).fill(1)`;
  return { list: `{ values: [${columns.join(", ")}], weights: ${weights} }`, places: events.axis.size };
}
