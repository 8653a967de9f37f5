/** `sevens lsp`: the language server, for editors. */
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { addExamples } from "../verb.ts";

export function configureLsp(command: Command, _context: Context): void {
  command
    .option("--stdio", "speak over standard input and output, which it does in any case")
    .action(async () => {
      const [{ createConnection, ProposedFeatures }, { serve }] = await Promise.all([
        import("vscode-languageserver/node"),
        import("../language-server.ts"),
      ]);
      const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
      const closed = new Promise<void>((resolve) => connection.onShutdown(() => resolve()));
      serve(connection);
      // The protocol's `exit` ends the process; until then the verb goes on.
      await closed;
    });
  addExamples(command, [["sevens lsp --stdio", "what an editor starts; docs/guide/editor.md says how"]]);
}
