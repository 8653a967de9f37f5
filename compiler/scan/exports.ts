/** The tasks of a scan as text for other systems: an HTCondor submit file, a Snakefile. */
import { join } from "node:path";
import { replaceFile } from "../disk/replace.ts";
import type { JobFolder } from "./jobs.ts";

/** `condor_submit scan.sub` in the folder runs the tasks. Returns the path. */
export function writeCondor({ path, tasks }: JobFolder): string {
  const file = join(path, "scan.sub");
  const lines = [
    "executable   = run.sh",
    "arguments    = $(Process)",
    "output       = logs/$(Process).out",
    "error        = logs/$(Process).err",
    "log          = logs/condor.log",
    "request_cpus = 1",
    "max_retries  = 2",
    "should_transfer_files = NO",
    `queue ${tasks}`,
  ];
  replaceFile(file, `${lines.join("\n")}\n`);
  return file;
}

/** `snakemake --cores all` in the folder runs the tasks. Returns the path. */
export function writeSnakefile({ path, tasks }: JobFolder): string {
  const file = join(path, "Snakefile");
  const text = `rule all:
    input:
        expand("shards/{task}.done", task=range(${tasks})),


rule task:
    output:
        touch("shards/{task}.done"),
    log:
        "logs/{task}.log",
    shell:
        "./run.sh {wildcards.task} 2> {log}"
`;
  replaceFile(file, text);
  return file;
}
