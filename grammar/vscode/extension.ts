/** The extension of VS Code: starts the language server and hands it what is edited. */
import { existsSync } from "node:fs";
import { commands, type ExtensionContext, workspace } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { chooseServer } from "./server.ts";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const restart = async (): Promise<void> => {
    await client?.dispose();
    client = await started(context.extensionPath);
  };
  context.subscriptions.push(commands.registerCommand("sevens.restart", restart));
  context.subscriptions.push(
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("sevens.server")) void restart();
    }),
    workspace.onDidGrantWorkspaceTrust(() => void restart()),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
}

async function started(extension: string): Promise<LanguageClient> {
  const { module, args } = chooseServer({
    configured: workspace.getConfiguration("sevens").get("server", ""),
    folders: (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
    trusted: workspace.isTrusted,
    extension,
    exists: existsSync,
  });
  const made = new LanguageClient(
    "sevens",
    "Sevens",
    { module, args: [...args], transport: TransportKind.stdio },
    {
      documentSelector: [
        { scheme: "file", language: "sevens" },
        { scheme: "untitled", language: "sevens" },
      ],
    },
  );
  await made.start();
  return made;
}
