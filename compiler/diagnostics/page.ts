/** The page about a code, as `sevens explain` prints it and the documentation shows it. */
import { type Code, definitionOf } from "./messages.ts";

/** Markdown: a heading, the cause and the cure, a wrong and a right snippet. */
export function pageOf(code: Code): string {
  const { name, severity, message, page } = definitionOf(code);
  const kind = severity === "warning" ? `lint, allowed by \`${name}\`` : "error";
  return [
    `# ${code}: ${name}`,
    `*${kind}*: ${message}`,
    page.why,
    `Wrong:\n\`\`\`\n${page.wrong}\n\`\`\``,
    `Right:\n\`\`\`\n${page.right}\n\`\`\`\n`,
  ].join("\n\n");
}
