/** The pages of the documentation site: those of the repository, and those that are made from the code. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { apiPages } from "./api.ts";
import { commandPages } from "./commands.ts";
import { diagnosticPages } from "./diagnostics.ts";
import { searchPage } from "./search.ts";

export interface SitePage {
  /** Path in the repository, which links of other pages name; of a made page a path that no file has. */
  readonly source: string;
  readonly section: string;
  readonly markdown: string;
}

export const sections = [
  "Start",
  "Guides",
  "Language",
  "Models",
  "Examples",
  "Commands",
  "Diagnostics",
  "Programs",
  "Project",
] as const;

/** All pages, in the order of the sections. */
export async function sitePages(root: string): Promise<readonly SitePage[]> {
  const read = (section: string, ...sources: readonly string[]): SitePage[] =>
    sources.map((source) => ({ source, section, markdown: readFileSync(join(root, source), "utf8") }));
  const first = ["docs/guide/first-analysis.md", "docs/guide/write-your-own-interaction.md"];
  const guides = markdownIn(root, "docs/guide").filter((one) => !first.includes(one));
  const examples = markdownIn(root, "examples").filter((one) => one !== "examples/README.md");
  return [
    ...read("Start", "README.md", ...first),
    searchPage,
    ...read("Guides", ...guides),
    ...read("Language", "docs/language.md", "models/README.md"),
    ...read("Models", "docs/models/README.md"),
    ...read("Models", ...markdownIn(root, "docs/models").filter((one) => one !== "docs/models/README.md")),
    ...read("Examples", "examples/README.md", ...examples),
    ...(await commandPages()),
    ...diagnosticPages(root),
    ...apiPages(root),
    ...read(
      "Project",
      "docs/verification.md",
      "docs/README.md",
      "docs/architecture.md",
      "docs/benchmarks.md",
    ),
    ...read("Project", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"),
  ];
}

function markdownIn(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md") && !path.includes("node_modules"))
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .sort();
}
