/**
 * Who may import what: the table of the layout in `docs/architecture.md`, as rules. `npm run layers` checks them.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: "grammar-stands-alone",
      comment: "The grammar imports nothing of ours.",
      severity: "error",
      from: { path: "^grammar/" },
      to: { path: "^(compiler|runtime|models|examples|test)/" },
    },
    {
      name: "runtime-stands-alone",
      comment:
        "The runtime runs in a browser, with generated code: it imports nothing at all outside its folder.",
      severity: "error",
      from: { path: "^runtime/" },
      to: { pathNot: "^runtime/" },
    },
    {
      name: "compiler-below-its-users",
      comment: "The compiler imports the grammar and the runtime.",
      severity: "error",
      from: { path: "^compiler/" },
      to: { path: "^(models|examples|test)/" },
    },
    {
      name: "library-is-text",
      comment: "The scripts that derive the library's tables know nothing of the compiler.",
      severity: "error",
      from: { path: "^models/" },
      to: { path: "^(grammar|compiler|runtime|examples|test)/" },
    },
    {
      name: "examples-as-a-user",
      comment:
        "Examples import what the package exports: sevens, sevens/compiler, sevens/grammar, sevens/runtime, sevens/service, sevens/plot.",
      severity: "error",
      from: { path: "^examples/" },
      to: {
        path: "^(grammar|compiler|runtime|test)/",
        pathNot: "^((grammar|compiler|runtime|compiler/service)/index|compiler/plot/figures)\\.ts$",
      },
    },
    {
      name: "command-line-on-top",
      comment: "No pass of the compiler knows the command line, or the scans that it runs on many cores.",
      severity: "error",
      from: { path: "^compiler/", pathNot: "^compiler/(cli|scan|site)/" },
      to: { path: "^compiler/(cli|scan)/" },
    },
    {
      name: "disk-for-those-on-top",
      comment: "Only the command line, its scans and the plugin of bundlers know the disk.",
      severity: "error",
      from: { path: "^compiler/", pathNot: "^compiler/(cli|scan|plugin|disk)/" },
      to: { path: "^compiler/disk/" },
    },
    {
      name: "scans-below-the-verbs",
      severity: "error",
      from: { path: "^compiler/scan/" },
      to: { path: "^compiler/cli/" },
    },
    {
      name: "no-disk-below-the-command-line",
      comment: "Files come through a host, so that the compiler runs in a browser as well.",
      severity: "error",
      from: {
        path: "^(grammar|compiler|runtime)/",
        pathNot: [
          "^compiler/(cli|scan|disk|plugin)/",
          "^compiler/site/",
          "^grammar/vscode/",
          "^compiler/plot/font-file\\.ts$",
          "^compiler/interchange/hash-node\\.ts$",
        ],
      },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "what-needs-node-on-demand",
      comment: "The parts for Node alone are reached from the command line, or when a figure is drawn.",
      severity: "error",
      from: { path: "^(grammar|compiler|runtime)/", pathNot: "^compiler/(cli|scan|plugin)/" },
      to: { path: "^compiler/(plot/font-file|interchange/hash-node)\\.ts$", dynamic: false },
    },
    {
      name: "figures-take-numbers",
      comment: "Figures know nothing of specs or models.",
      severity: "error",
      from: { path: "^compiler/plot/" },
      to: { path: "^(grammar|compiler)/", pathNot: "^compiler/plot/" },
    },
    {
      name: "units-stand-alone",
      severity: "error",
      from: { path: "^compiler/units/" },
      to: { path: "^(grammar|compiler|runtime)/", pathNot: "^compiler/units/" },
    },
    {
      name: "large-packages-on-demand",
      comment: "These take longer to load than most commands to run.",
      severity: "error",
      from: { path: "^(grammar|compiler|runtime)/", pathNot: "^compiler/site/" },
      to: {
        path: "node_modules/(ts-morph|vega|vega-lite|@resvg)/",
        dynamic: false,
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "no-cycles-between-folders",
      comment: "Passes form a line: a folder is read without knowing what reads it.",
      severity: "error",
      from: { path: "^(compiler/[^/]+)/" },
      to: { circular: true, via: { pathNot: "^$1/" } },
    },
    {
      name: "no-cycles",
      comment:
        "Within a folder types may point back. Calls may not, but for the elaboration of expressions: " +
        "they call functions, whose bodies are expressions.",
      severity: "error",
      from: { path: "^(grammar|compiler|runtime)/", pathNot: "^compiler/elaborate/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "nothing-unresolved",
      comment: "The programs in build-steps have the package installed.",
      severity: "error",
      from: { pathNot: "^examples/build-steps/" },
      to: { couldNotResolve: true, pathNot: "^virtual:" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
