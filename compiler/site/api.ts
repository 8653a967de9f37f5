/** Pages of what programs import: the names that each entry of the package exports, with their doc comments and types. */
import { join } from "node:path";
import { type ExportedDeclarations, Node, Project } from "ts-morph";
import type { SitePage } from "./pages.ts";

/** What there is to import, and the file that exports it. */
const entries: ReadonlyMap<string, string> = new Map([
  ["sevens", "compiler/index.ts"],
  ["sevens/runtime", "runtime/index.ts"],
  ["sevens/grammar", "grammar/index.ts"],
  ["sevens/service", "compiler/service/index.ts"],
  ["sevens/plot", "compiler/plot/figures.ts"],
  ["sevens/vite", "compiler/plugin/vite.ts"],
]);

export function apiPages(root: string): readonly SitePage[] {
  const project = new Project({
    tsConfigFilePath: join(root, "tsconfig.json"),
    skipAddingFilesFromTsConfig: true,
  });
  return [...entries].map(([entry, file]) => {
    const declarations = [...project.addSourceFileAtPath(join(root, file)).getExportedDeclarations()];
    const parts = declarations
      .sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
      .map(([name, [first]]) => (first === undefined ? "" : partOf(name, first)));
    return {
      source: `api/${entry.replace("/", "-")}.md`,
      section: "Programs",
      markdown: `# ${entry}\n\n\`import { … } from "${entry}";\`\n\n${parts.join("\n")}`,
    };
  });
}

function partOf(name: string, declaration: ExportedDeclarations): string {
  return `## ${name}\n\n${docOf(declaration)}\n\n\`\`\`ts\n${textOf(name, declaration)}\n\`\`\`\n`;
}

function docOf(declaration: ExportedDeclarations): string {
  const holder = Node.isVariableDeclaration(declaration) ? declaration.getVariableStatement() : declaration;
  const docs = Node.isJSDocable(holder) ? holder.getJsDocs() : [];
  // Angle brackets are types, not markup.
  return docs.map((doc) => doc.getDescription().trim().replaceAll("<", "&lt;")).join("\n\n");
}

/** The declaration as one reads it from outside: functions and classes without what is in them. */
function textOf(name: string, declaration: ExportedDeclarations): string {
  if (Node.isFunctionDeclaration(declaration)) {
    return declaration.getText().slice(0, bodyStart(declaration.getText(), declaration.getBody()?.getText()));
  }
  if (Node.isClassDeclaration(declaration)) {
    const members = declaration
      .getMembers()
      .filter(
        (member) =>
          !/^(#|private |protected |override )/.test(member.getText().replace(/^(readonly |static )+/, "")),
      )
      .map((member) => {
        const doc = Node.isJSDocable(member)
          ? member
              .getJsDocs()
              .map((one) => `  ${one.getText()}\n`)
              .join("")
          : "";
        const body = Node.isBodyable(member) ? member.getBody()?.getText() : undefined;
        const text = member.getText();
        return `${doc}  ${text.slice(0, bodyStart(text, body)).trimEnd()};`;
      });
    return `class ${name} {\n${members.join("\n")}\n}`;
  }
  if (Node.isVariableDeclaration(declaration)) {
    const type = declaration.getTypeNode()?.getText() ?? declaration.getType().getText(declaration);
    return `const ${name}: ${type.length > 400 ? `${type.slice(0, 400)} …` : type};`;
  }
  return declaration.getText().replace(/^export /, "");
}

function bodyStart(text: string, body: string | undefined): number {
  return body === undefined ? text.length : text.lastIndexOf(body);
}
