/** Pages of the verbs: their help, as the command line prints it. */
import type { Io } from "../cli/io.ts";
import { run } from "../cli/main.ts";
import { verbs } from "../cli/verbs.ts";
import type { SitePage } from "./pages.ts";

export async function commandPages(): Promise<readonly SitePage[]> {
  const pages: SitePage[] = [];
  for (const { name } of verbs) {
    const help = await printed(["help", name]);
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

/** What `sevens ARGS` prints. */
async function printed(args: readonly string[]): Promise<string> {
  const texts: string[] = [];
  const io: Io = {
    stdout: { isTTY: false, write: (data) => void texts.push(`${data}`) },
    stderr: { isTTY: false, write: () => {} },
    stdin: async () => new Uint8Array(),
    cwd: process.cwd(),
    env: {},
  };
  await run(args, io);
  return texts.join("");
}
