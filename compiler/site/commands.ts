/** Pages of the verbs: their help, as the command line prints it. */
import { Command } from "commander";
import { contextOf } from "../cli/context.ts";
import { processIo } from "../cli/io.ts";
import { verbs } from "../cli/verbs.ts";
import type { SitePage } from "./pages.ts";

export async function commandPages(): Promise<readonly SitePage[]> {
  const context = contextOf([], processIo());
  const pages: SitePage[] = [];
  for (const { name, summary, load } of verbs) {
    const command = new Command(name).summary(summary).description(`${summary}.`);
    (await load())(command, context);
    let help = "";
    command.configureOutput({
      writeOut: (text) => {
        help += text;
      },
      getOutHelpWidth: () => 100,
    });
    command.outputHelp();
    pages.push({
      source: `commands/${name}.md`,
      section: "Commands",
      markdown: `# sevens ${name}\n\n\`\`\`text\n${help.trimEnd()}\n\`\`\`\n`,
    });
  }
  const rows = verbs.map(({ name, summary }) => `| [\`${name}\`](${name}.md) | ${summary} |`);
  const index = `# Commands\n\n| verb | does |\n|---|---|\n${rows.join("\n")}\n`;
  return [{ source: "commands/README.md", section: "Commands", markdown: index }, ...pages];
}
