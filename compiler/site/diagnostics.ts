/** Pages of the diagnostics: cause and cure, and wrong programs with what is printed about them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codes, definitionOf, pageOf } from "../diagnostics/index.ts";
import type { SitePage } from "./pages.ts";

export function diagnosticPages(root: string): readonly SitePage[] {
  const rows = codes.map((code) => {
    const { name, severity } = definitionOf(code);
    return `| [${code}](${code}.md) | ${name} | ${severity} |`;
  });
  const index = `# Diagnostics\n\n| code | name | severity |\n|---|---|---|\n${rows.join("\n")}\n`;
  return [
    { source: "diagnostics/README.md", section: "Diagnostics", markdown: index },
    ...codes.map((code) => ({
      source: `diagnostics/${code}.md`,
      section: "Diagnostics",
      markdown: `${pageOf(code).trimEnd()}\n\n${examplesOf(root, code)}`,
    })),
  ];
}

function examplesOf(root: string, code: string): string {
  const folder = join(root, "test", "bad", code);
  if (!existsSync(folder)) return "";
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sevens"))
    .map((name) => {
      const stem = name.replace(/\.sevens$/, "");
      const [spec, output] = [name, `${stem}.expected`].map((file) =>
        existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8").trimEnd() : "",
      );
      return `## ${stem.replaceAll("-", " ")}\n\n\`\`\`\`sevens\n${spec}\n\`\`\`\`\n\n\`\`\`\`text\n${output}\n\`\`\`\`\n`;
    })
    .join("\n");
}
