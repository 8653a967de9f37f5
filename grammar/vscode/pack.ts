/**
 * Packs the extension of VS Code: `npm run vscode` writes `sevens-VERSION.vsix`. In it are the client, the language
 * server, the library of models, the grammar for colours and the licences of what was bundled.
 *
 * A .vsix is a zip with a manifest of its own beside the extension (Open Packaging Conventions).
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { rolldown } from "rolldown";
import { textMateGrammar } from "../textmate.ts";
import { licensesOf } from "./licenses.ts";

const here = import.meta.dirname;
const root = join(here, "../..");

export interface Vsix {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export async function packVsix(): Promise<Vsix> {
  const manifest = { ...json(join(here, "package.json")), ...ofPackage(json(join(root, "package.json"))) };
  const [client, server, checker] = await Promise.all([
    bundled("grammar/vscode/extension.ts", "cjs"),
    bundled("compiler/cli/language-server/main.ts", "es"),
    bundled("compiler/cli/language-server/checker-thread.ts", "es"),
  ]);
  const extension = new Map<string, Uint8Array>([
    ["package.json", asJson(manifest)],
    ["extension.cjs", strToU8(client.code)],
    ["server.mjs", strToU8(server.code)],
    ["checker-thread.mjs", strToU8(checker.code)],
    ["syntaxes/sevens.tmLanguage.json", asJson(textMateGrammar())],
    ["licenses.txt", strToU8(licensesOf([...client.modules, ...server.modules, ...checker.modules]))],
    ["language-configuration.json", readFileSync(join(here, "language-configuration.json"))],
    ["README.md", readFileSync(join(here, "README.md"))],
    ["CHANGELOG.md", readFileSync(join(root, "CHANGELOG.md"))],
    ["LICENSE.txt", readFileSync(join(root, "LICENSE"))],
    ...libraryFiles(),
  ]);
  const files = [
    ["extension.vsixmanifest", strToU8(vsixManifest(manifest))] as const,
    ["[Content_Types].xml", strToU8(contentTypes(extension.keys()))] as const,
    ...[...extension].map(([path, bytes]) => [`extension/${path}`, bytes] as const),
  ];
  // One time for all files, so that the same sources make the same bytes.
  const mtime = new Date(1980, 0, 1);
  return {
    name: `sevens-${manifest.version}.vsix`,
    bytes: zipSync(Object.fromEntries(files), { level: 9, mtime }),
  };
}

interface Manifest {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly publisher: string;
  readonly categories: readonly string[];
  readonly engines: Readonly<Record<string, string>>;
  readonly version: string;
  readonly license: string;
}

function json(path: string): Manifest {
  return JSON.parse(readFileSync(path, "utf8"));
}

const ofPackage = ({ version, license }: Manifest) => ({ version, license });

const asJson = (value: unknown): Uint8Array => strToU8(`${JSON.stringify(value, undefined, 2)}\n`);

interface Bundle {
  readonly code: string;
  readonly modules: readonly string[];
}

async function bundled(entry: string, format: "cjs" | "es"): Promise<Bundle> {
  const bundle = await rolldown({
    input: join(root, entry),
    platform: "node",
    external: ["vscode"],
    // The `main` of jsonc-parser hides its parts from a bundler.
    resolve: { alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" } },
    logLevel: "silent",
  });
  const { output } = await bundle.generate({
    format,
    codeSplitting: false,
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  });
  await bundle.close();
  return { code: output[0].code, modules: output[0].moduleIds };
}

function libraryFiles(): [string, Uint8Array][] {
  const folder = join(root, "models");
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".ts"))
    .map((entry): [string, Uint8Array] => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length + 1).replaceAll("\\", "/"), readFileSync(path)];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function vsixManifest({
  name,
  displayName,
  description,
  publisher,
  categories,
  engines,
  version,
}: Manifest): string {
  const [vscode, list] = [engines.vscode ?? "", categories.join(",")].map(xml);
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${xml(name)}" Version="${xml(version)}" Publisher="${xml(publisher)}" />
    <DisplayName>${xml(displayName)}</DisplayName>
    <Description xml:space="preserve">${xml(description)}</Description>
    <Tags>sevens,__ext_sevens,CEvNS,neutrino</Tags>
    <Categories>${list}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${vscode}" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionDependencies" Value="" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionPack" Value="" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace" />
      <Property Id="Microsoft.VisualStudio.Code.LocalizedLanguages" Value="" />
    </Properties>
    <License>extension/LICENSE.txt</License>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code" />
  </Installation>
  <Dependencies />
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.Changelog" Path="extension/CHANGELOG.md" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true" />
  </Assets>
</PackageManifest>
`;
}

function contentTypes(paths: Iterable<string>): string {
  const extensions = new Set(["vsixmanifest"]);
  for (const path of paths) extensions.add(/\.(\w+)$/.exec(path)?.[1] ?? "");
  const types: Readonly<Record<string, string>> = {
    json: "application/json",
    vsixmanifest: "text/xml",
    cjs: "application/javascript",
    mjs: "application/javascript",
    md: "text/markdown",
    txt: "text/plain",
    csv: "text/csv",
  };
  const rows = [...extensions]
    .filter((extension) => extension !== "")
    .sort()
    .map(
      (extension) =>
        `  <Default Extension=".${extension}" ContentType="${types[extension] ?? "application/octet-stream"}" />`,
    );
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
${rows.join("\n")}
</Types>
`;
}

function xml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

if (import.meta.filename === process.argv[1]) {
  const { name, bytes } = await packVsix();
  writeFileSync(name, bytes);
  process.stdout.write(`${name}: ${(bytes.length / 1e6).toFixed(1)} MB\n`);
}
