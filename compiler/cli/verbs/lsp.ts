/** `sevens lsp`: the language server, for editors. */
import { type Command, Option } from "commander";
import type { Context } from "../context.ts";
import { addExamples } from "../verb.ts";

export function configureLsp(command: Command, _context: Context): void {
  command
    .option("--stdio", "speak over standard input and output, which it does in any case")
    // Clients of VS Code's make say who they are: the protocol tells that as well.
    .addOption(new Option("--clientProcessId <number>", "the process of the editor").hideHelp())
    .action(async () => {
      const { serveStdio } = await import("../language-server/server.ts");
      await serveStdio();
    });
  addExamples(command, [["sevens lsp --stdio", "what an editor starts; docs/guide/editor.md says how"]]);
}
