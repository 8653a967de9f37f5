/** `sevens xsec`: cross sections at points, and averaged over fluxes. */
import { type Command, Option } from "commander";
import { diagnostic, didYouMean } from "../../diagnostics/index.ts";
import { crossSectionTable } from "../../index.ts";
import { type Species, speciesNames } from "../../lower/source.ts";
import type { Context } from "../context.ts";
import { wrongUsage } from "../exit.ts";
import { energies } from "../grid.ts";
import { addOutput, collect, collectNames, type OutputOptions, settings } from "../options.ts";
import { printCsv, printJson, writeResult } from "../output.ts";
import { type XsecAverage, type XsecOutput, type XsecPoint, xsecUnits } from "../schemas/xsec.ts";
import { lacking, placeOf, readLibrary, readSound, requireDeclared, type Spec, settle } from "../spec.ts";
import { brief, figure, printTable, right } from "../tables.ts";
import { addExamples } from "../verb.ts";

interface Options extends OutputOptions {
  readonly nucleus?: readonly string[];
  readonly flavor?: readonly string[];
  readonly interaction?: readonly string[];
  readonly source?: readonly string[];
  readonly E?: string;
  readonly T?: string;
  readonly formfactor?: string;
  readonly electrons?: boolean;
  readonly kinematics?: "leading" | "exact" | "spin_half";
  readonly set?: readonly string[];
}

export function configureXsec(command: Command, context: Context): void {
  addOutput(command)
    .argument("<file>", "a spec, `-` for standard input")
    .option("--nucleus <names>", "only these nuclei", collectNames)
    .option("--flavor <names>", "neutrinos: nu_mu, nubar_e, or a flavour such as mu", collectNames)
    .option("--interaction <names>", "only these interactions", collectNames)
    .option("--E <energies>", "neutrino energies: a value, a list or a range")
    .option("--T <energies>", "recoil energies, in the same way")
    .option("--source <names>", "average over the flux of these sources", collectNames)
    .option("--electrons", "scattering on the electrons of each nucleus' atom, per atom")
    .option("--formfactor <name>", "another form factor for every nucleus; `none` for F = 1")
    .addOption(
      new Option("--kinematics <factor>", "kinematic factor").choices(["leading", "exact", "spin_half"]),
    )
    .option("--set <name=value>", "change the value of a parameter, with its unit; may be repeated", collect)
    .action((file: string, options: Options) => xsec(context, file, options));
  addExamples(command, [
    ["sevens xsec csi.sevens", "the cross section of each nucleus, averaged over the flux of each source"],
    ["sevens xsec csi.sevens --nucleus Cs133 --flavor mu --E 30MeV --T 10keV", "dsigma/dT at one point"],
    [
      'sevens xsec csi.sevens --E 30MeV --T "1 keV .. 15 keV step 1 keV" --format csv',
      "along the recoil spectrum; a range without a step has 21 points",
    ],
  ]);
}

async function xsec(context: Context, file: string, options: Options): Promise<void> {
  const { E, T } = options;
  if ((E === undefined) !== (T === undefined)) {
    const [given, missing] = E === undefined ? ["--T", "--E"] : ["--E", "--T"];
    throw wrongUsage(context.line, given, `\`${given}\` needs \`${missing}\` as well`);
  }
  const spec = await readSound(context, file);
  requireDeclared(context, spec, "nucleus", options.nucleus ?? []);
  requireDeclared(context, spec, "interaction", options.interaction ?? []);
  requireDeclared(context, spec, "source", options.source ?? []);
  for (const kind of ["nucleus", "interaction"] as const) {
    if (!spec.model.declarations.some((one) => one.kind === kind)) throw lacking(context, spec, kind);
  }
  const table = tableOf(context, await withFormFactor(context, spec, options.formfactor), options);
  if (E === undefined && table.averages.length === 0)
    throw lacking(context, spec, "source; give `--E` and `--T`");
  writeResult(context, options.output, printed(context, { ...table, units: xsecUnits }, options));
}

/** Points when energies are given; averages when they are not, or when a source is asked for. */
function tableOf(context: Context, spec: Spec, options: Options): Omit<XsecOutput, "units"> {
  const { nucleus, interaction, formfactor, flavor, kinematics, source, E, T } = options;
  const recoil = options.electrons === true ? "electron" : "nucleus";
  const table = crossSectionTable(spec.model, {
    set: settings(context, options.set ?? []),
    recoil,
    ...(nucleus === undefined ? {} : { nuclei: nucleus }),
    ...(interaction === undefined ? {} : { interactions: interaction }),
    ...(formfactor === undefined ? {} : { formfactor }),
    ...(kinematics === undefined ? {} : { kinematics }),
    ...(flavor === undefined ? {} : { species: flavor.map((name) => speciesOf(context, name)) }),
    ...(E === undefined || T === undefined ? {} : { E: energies(context, E), T: energies(context, T) }),
    ...(source !== undefined ? { sources: source } : E === undefined ? {} : { sources: [] }),
  });
  settle(context, spec, table.diagnostics);
  const points = table.points.map(
    ({ nucleus, flavor, E, T, dsigma_dT }): XsecPoint => ({ nucleus, flavor, E, T, dsigma_dT }),
  );
  const averages = table.averages.map(
    ({ nucleus, Z, N, source, sigma }): XsecAverage => ({ nucleus, Z, N, source, sigma }),
  );
  refuseNotFinite(context, spec, points, ({ dsigma_dT }) => dsigma_dT, "dsigma/dT");
  refuseNotFinite(context, spec, averages, ({ sigma }) => sigma, "the averaged cross section");
  return { recoil, points, averages };
}

/** The spec with a form factor of the library in it, unless it has one of that name. */
async function withFormFactor(context: Context, spec: Spec, name: string | undefined): Promise<Spec> {
  const { model } = spec;
  if (name === undefined || model.byName.get(name)?.kind === "formfactor") return spec;
  const library = await readLibrary(context, "formfactors.sevens");
  const found = library.filter((one) => !model.byName.has(one.name));
  const declarations = [...model.declarations, ...found];
  const byName = new Map(declarations.map((one) => [one.name, one]));
  const extended = { ...spec, model: { ...model, declarations, byName } };
  requireDeclared(context, extended, "formfactor", [name]);
  return extended;
}

function refuseNotFinite<T extends { readonly nucleus: string }>(
  context: Context,
  spec: Spec,
  items: readonly T[],
  read: (item: T) => number,
  what: string,
): void {
  const wrong = items.find((item) => !Number.isFinite(read(item)));
  if (wrong === undefined) return;
  const place = Object.entries(wrong)
    .filter(([, value]) => !Object.is(value, read(wrong)))
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ");
  const found = `${read(wrong)}`;
  settle(context, spec, [diagnostic("SV1801", placeOf(spec, wrong.nucleus), { what, found, place })]);
}

/** `mu` means the neutrino of that flavour. */
function speciesOf(context: Context, name: string): Species {
  const full = ["e", "mu", "tau"].includes(name) ? `nu_${name}` : name;
  const known = speciesNames.find((one) => one === full);
  if (known !== undefined) return known;
  const names: readonly string[] = speciesNames;
  const span = context.line.spanOf(name);
  const { help = `there is ${names.join(", ")}` } = didYouMean(span, name, names);
  throw wrongUsage(context.line, span, `there is no neutrino \`${name}\``, help);
}

function printed(context: Context, output: XsecOutput, options: Options): string {
  const { points, averages, units } = output;
  if (options.format === "json") return printJson(output);
  if (options.format === "csv") {
    const tables = [
      ["nucleus", "flavor", "E_MeV", "T_MeV", "dsigma_dT_cm2_per_MeV"],
      ...points.map(({ nucleus, flavor, E, T, dsigma_dT }) => [nucleus, flavor, E, T, dsigma_dT]),
    ];
    const second = [
      ["nucleus", "Z", "N", "source", "sigma_cm2"],
      ...averages.map((one) => [one.nucleus, one.Z, one.N, one.source, one.sigma]),
    ];
    return [points, averages]
      .flatMap((rows, i) => (rows.length > 0 ? [printCsv(i === 0 ? tables : second)] : []))
      .join("\n");
  }
  const color = options.output === undefined && context.colored(context.io.stdout);
  const pointTable = printTable(
    [
      { title: "nucleus" },
      { title: "flavor" },
      right(`E [${units.E}]`),
      right(`T [${units.T}]`),
      right(`dsigma/dT [${units.dsigma_dT}]`),
    ],
    points.map((one) => [one.nucleus, one.flavor, brief(one.E), brief(one.T), figure(one.dsigma_dT, 6)]),
    { color },
  );
  const averageTable = printTable(
    [{ title: "nucleus" }, { title: "source" }, right(`<sigma> [${units.sigma}]`)],
    averages.map((one) => [one.nucleus, one.source, figure(one.sigma, 6)]),
    { color },
  );
  return [...(points.length > 0 ? [pointTable] : []), ...(averages.length > 0 ? [averageTable] : [])].join(
    "\n",
  );
}
