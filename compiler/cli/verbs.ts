/** The verbs of `sevens`, in the order of its help. */
import type { Verb } from "./verb.ts";

export const verbs: readonly Verb[] = [
  {
    name: "check",
    summary: "read specs and report what is wrong with them",
    load: async () => (await import("./verbs/check.ts")).configureCheck,
  },
  {
    name: "rates",
    summary: "expected counts of each experiment, by component and bin",
    load: async () => (await import("./verbs/rates.ts")).configureRates,
  },
  {
    name: "xsec",
    summary: "cross sections at points, and averaged over the fluxes",
    load: async () => (await import("./verbs/xsec.ts")).configureXsec,
  },
  {
    name: "evaluate",
    summary: "values of constants and functions, at points and on grids",
    load: async () => (await import("./verbs/evaluate.ts")).configureEvaluate,
  },
  {
    name: "fit",
    summary: "best fit, errors, intervals and pulls of each analysis",
    load: async () => (await import("./verbs/fit.ts")).configureFit,
  },
  {
    name: "scan",
    summary: "profiles of the likelihood on grids, on all cores or on a cluster",
    load: async () => (await import("./verbs/scan.ts")).configureScan,
  },
  {
    name: "contour",
    summary: "contours of two parameters as curves, the others at their best values",
    load: async () => (await import("./verbs/contour.ts")).configureContour,
  },
  {
    name: "toys",
    summary: "pseudo-experiments: coverage of intervals, critical values, goodness of fit",
    load: async () => (await import("./verbs/toys.ts")).configureToys,
  },
  {
    name: "limit",
    summary: "upper limits and intervals by profile, CLs or Feldman-Cousins, with what is expected",
    load: async () => (await import("./verbs/limit.ts")).configureLimit,
  },
  {
    name: "sample",
    summary: "marginal posteriors by Hamiltonian Monte Carlo, with R-hat and effective sizes",
    load: async () => (await import("./verbs/sample.ts")).configureSample,
  },
  {
    name: "plot",
    summary: "spectra with data, impacts, or curves, contours and corners of tables, as SVG, PNG or PDF",
    load: async () => (await import("./verbs/plot.ts")).configurePlot,
  },
  {
    name: "report",
    summary: "a page of HTML for each analysis: fit, pictures, citations, diagnostics, hashes",
    load: async () => (await import("./verbs/report.ts")).configureReport,
  },
  {
    name: "build",
    summary: "typed modules for programs",
    load: async () => (await import("./verbs/build.ts")).configureBuild,
  },
  {
    name: "explain",
    summary: "what is computed when and at what cost; or the page of a diagnostic",
    load: async () => (await import("./verbs/explain.ts")).configureExplain,
  },
  {
    name: "fmt",
    summary: "format specs",
    load: async () => (await import("./verbs/fmt.ts")).configureFmt,
  },
  {
    name: "cite",
    summary: "the citations that a result rests on",
    load: async () => (await import("./verbs/cite.ts")).configureCite,
  },
  {
    name: "lock",
    summary: "versions and hashes of all that the specs of a project use of packages",
    load: async () => (await import("./verbs/lock.ts")).configureLock,
  },
  {
    name: "bundle",
    summary: "one file to send: specs, data, hashes, citations, licences and results",
    load: async () => (await import("./verbs/bundle.ts")).configureBundle,
  },
  {
    name: "verify",
    summary: "compute the results of a bundle again and compare them to the last bit",
    load: async () => (await import("./verbs/verify.ts")).configureVerify,
  },
  {
    name: "diff",
    summary: "what differs between two versions of a spec: physics, numbers, or looks alone",
    load: async () => (await import("./verbs/diff.ts")).configureDiff,
  },
  {
    name: "migrate",
    summary: "specs of older versions of the language in that of today",
    load: async () => (await import("./verbs/migrate.ts")).configureMigrate,
  },
  {
    name: "doc",
    summary: "pages of reference from the doc comments and formulas of specs",
    load: async () => (await import("./verbs/doc.ts")).configureDoc,
  },
  {
    name: "lsp",
    summary: "the language server, for editors",
    load: async () => (await import("./verbs/lsp.ts")).configureLsp,
  },
  {
    name: "export",
    summary:
      "the spec as JSON, text or LaTeX; its binned model for pyhf, HS3, HEPData, or as CSV, JSON, Parquet",
    load: async () => (await import("./verbs/export.ts")).configureExport,
  },
  {
    name: "schema",
    summary: "the JSON Schemas of documents and of what the verbs print",
    load: async () => (await import("./verbs/schema.ts")).configureSchema,
  },
  {
    name: "new",
    summary: "begin a spec from a commented example",
    load: async () => (await import("./verbs/new.ts")).configureNew,
  },
];
