/**
 * Prints the beam-coincident events of the COHERENT CsI[Na] release (arXiv:2110.07730) in the region of the analysis, 0 to
 * 60 PE and 0 to 6 μs, as a table for the `events` of an experiment. The list itself stays outside the repository.
 *
 *   npx tsx models/data/list-coherent-csi-events.ts [folder of the release files] > events.csv
 */
import { readRows, releaseFolder } from "./derived-table.ts";

const inside = readRows(releaseFolder("coherent-csi-2021"), "dataBeamOnC.txt").filter(
  ([pe = -1, time = -1]) => pe >= 0 && pe < 60 && time >= 0 && time < 6,
);
process.stdout.write(["pe,time_us", ...inside.map((row) => row.join(",")), ""].join("\n"));
