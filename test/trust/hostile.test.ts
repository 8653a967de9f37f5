/** Specs that mean harm, from which nothing follows but a diagnostic. */
import { execFileSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { printCsv } from "../../compiler/cli/output.ts";
import { inFolder, projection, sevens, textIn } from "../cli/harness.ts";
import { requirePlain } from "../fuzz/targets.ts";

/** What `check` says about a spec. */
async function said(spec: string | Uint8Array, name = "spec.sevens", prepare = (_: string): void => {}) {
  return inFolder({ [name]: spec }, async (folder) => {
    prepare(folder);
    const { code, stderr } = await sevens(["check", name], { cwd: folder });
    requirePlain(stderr);
    return { code, first: stderr.split("\n")[0] ?? "", size: stderr.length };
  });
}

const table = (path: string): string => `sevens 1
table F(T: keVnr): number {
  file = "${path}"
  columns = x, y
  interpolation = linear
}
`;

describe("a file outside the project", () => {
  const outside: readonly (readonly [path: string, code: string])[] = [
    ["/etc/passwd", "SV1114"],
    ["../../../../etc/passwd", "SV1114"],
    ["a/../../../etc/passwd", "SV1114"],
    ["C:/Windows/win.ini", "SV1114"],
    ["//host/share/x.csv", "SV1114"],
    ["file:///etc/passwd", "SV1701"],
    ["http://127.0.0.1/x.csv", "SV1701"],
    ["\\\\\\\\host\\\\share", "SV1701"],
    ["link.csv", "SV1701"],
    ["folder-link/passwd", "SV1701"],
    ["zero.csv", "SV1701"],
    ["pipe.csv", "SV1701"],
  ];
  const links = (folder: string): void => {
    symlinkSync("/etc/passwd", join(folder, "link.csv"));
    symlinkSync("/etc", join(folder, "folder-link"));
    symlinkSync("/dev/zero", join(folder, "zero.csv"));
    if (process.platform !== "win32") execFileSync("mkfifo", [join(folder, "pipe.csv")]);
  };

  test.each(outside)("%s is not read as a table", async (path, code) => {
    const { first } = await said(table(path), "spec.sevens", links);
    expect(first).toContain(`error[${code}]`);
  });

  test.each(["/etc/passwd", "../../etc/passwd", "file:///etc/passwd", "./link.csv", "http://x/y.sevens"])(
    "%s is not used as a module",
    async (path) => {
      const { code, first } = await said(`sevens 1\nuse "${path}" { A }\n`, "spec.sevens", links);
      expect(code).toBe(1);
      expect(first).toMatch(/error\[SV11(04|14|17)\]/);
    },
  );
});

describe("a spec that is too much", () => {
  const row = (operator: string, count: number): string =>
    Array.from({ length: count }, () => "1").join(operator);
  const large: readonly (readonly [what: string, spec: string, code: string])[] = [
    ["operators", `constant x = ${row(" + ", 50_000)}`, "SV1008"],
    ["brackets", `constant x = ${"(".repeat(1e5)}1${")".repeat(1e5)}`, "SV1008"],
    ["signs", `constant x = ${"-".repeat(1e5)}1`, "SV1008"],
    ["digits", `constant x = ${"9".repeat(1e5)}`, "SV1410"],
    ["exponents", `constant x = 1e${"9".repeat(1e5)}`, "SV1410"],
    ["steps", projection.replace("step 0.25", "step 1e-300"), "SV1422"],
    ["bins", projection.replace("step 0.25", "step 1e-5"), "SV1422"],
  ];

  test.each(large)("%s", async (_, spec, code) => {
    const { first, size } = await said(spec.startsWith("sevens") ? spec : `sevens 1\n${spec}\n`);
    expect(first).toContain(`error[${code}]`);
    expect(size).toBeLessThan(10_000);
  });

  test("rows of a table", async () => {
    const rows = Array.from({ length: 200_001 }, (_, i) => `${i},1`).join("\n");
    const { first } = await said(table("long.csv"), "spec.sevens", (folder) =>
      writeFileSync(join(folder, "long.csv"), `x,y\n${rows}\n`),
    );
    expect(first).toContain("error[SV1422]: `long.csv` has 200001 rows, 200000 at most");
  });

  test("brackets of JSON", async () => {
    const deep = `{"sevens":1,"declarations":${"[".repeat(1e5)}${"]".repeat(1e5)}}`;
    expect((await said(deep, "spec.json")).first).toContain("error[SV1707]");
  });
});

test("keys of JSON change no prototype", async () => {
  for (const text of [
    '{"sevens":1,"__proto__":{"polluted":1},"declarations":[]}',
    '{"sevens":1,"constructor":{"prototype":{"polluted":1}},"declarations":[]}',
    '{"sevens":1,"declarations":[{"kind":"__proto__","name":"x","polluted":1}]}',
    '{"sevens":1,"declarations":[{"kind":"nucleus","name":"x","fields":{"__proto__":{"polluted":1}}}]}',
    '{"sevens":1,"declarations":[{"kind":"constant","name":"__proto__","value":{"num":"1"}}]}',
  ]) {
    expect((await said(text, "spec.json")).code).toBe(1);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  }
});

describe("text of a spec in what is made of it", () => {
  const evil =
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what is tried
    "*/ globalThis.harmed = 1 /* ${globalThis.harmed = 1} `'\\ {{x}} </script><img src=x onerror=alert(1)>";
  const spec = projection
    .replace('"quenching factor"', JSON.stringify(evil))
    .replace("/// How well", `/// ${evil}\u2028globalThis.harmed = 1\n/// How well`);

  test("generated modules hold it as text", async () => {
    await inFolder({ "spec.sevens": spec }, async (folder) => {
      const built = await sevens(["build", "spec.sevens", "--js", "-o", "out"], { cwd: folder });
      expect(built.code).toBe(0);
      expect((await sevens(["rates", "spec.sevens"], { cwd: folder })).code).toBe(0);
      expect(Reflect.get(globalThis, "harmed")).toBeUndefined();
      const { stdout } = await sevens(["build", "spec.sevens", "--js"], { cwd: folder });
      expect(stdout).not.toMatch(/^\s*globalThis/m);
    });
  });

  test("reports hold no markup of it", async () => {
    await inFolder({ "spec.sevens": spec }, async (folder) => {
      const { code } = await sevens(["report", "spec.sevens", "-o", "report.html"], { cwd: folder });
      expect(code).toBe(0);
      const page = textIn(folder, "report.html");
      // The text is there, in the spec and as words, and each time escaped.
      expect(page.match(/globalThis\.harmed/g)?.length).toBeGreaterThan(2);
      expect(page).toContain("&lt;img src");
      expect(page).not.toMatch(/<img src=x|<\/?script/i);
    });
  });

  test("names are those of identifiers in JavaScript, and none is one that every object has", async () => {
    for (const name of ["eval", "class", "process", "prototype"]) {
      expect((await said(projection.replaceAll("Ge1Run", name))).code).toBe(0);
    }
    for (const name of Object.getOwnPropertyNames(Object.prototype)) {
      for (const renamed of ["Ge1Run", "Flat", "energy", "flux", "k", "x"]) {
        const { first } = await said(projection.replace(new RegExp(`\\b${renamed}\\b`, "g"), name));
        expect(first).toContain(`error[SV1112]: \`${name}\``);
      }
    }
  });

  test("pictures of tables refuse such names, in columns, labels and titles", async () => {
    const head = "x,constructor,toString [MeV],y";
    await inFolder(
      { "t.csv": `${head}\n1,2,3,4\n2,3,4,5\n`, "valueOf.csv": "x,y\n1,2\n2,3\n" },
      async (cwd) => {
        for (const options of [
          ["--x", "x", "--y", "constructor"],
          ["--x", "toString", "--y", "y"],
          ["--x", "x", "--y", "y", "--label", "hasOwnProperty"],
          ["--x", "x", "--y", "y", "--title", "__proto__"],
          ["--x", "x", "--y", "y", "--points", "valueOf.csv"],
        ]) {
          const { code, stdout, stderr } = await sevens(["plot", "t.csv", ...options], { cwd });
          expect([code, stdout]).toEqual([2, ""]);
          expect(stderr).toContain("cannot be written into a picture");
        }
        const fine = await sevens(["plot", "t.csv", "--x", "x", "--y", "constructor", "--y-title", "n"], {
          cwd,
        });
        expect(fine.code).toBe(0);
      },
    );
  });
});

test("pictures are well-formed, whatever a column is called", async () => {
  const head = "x,n\u0001\u001b\u000b\ufffe<b>&";
  await inFolder({ "t.csv": `${head}\n1,2\n2,3\n` }, async (cwd) => {
    const column = head.slice(2);
    const { code, stdout } = await sevens(
      ["plot", "t.csv", "--x", "x", "--y", column, "--title", "\u0007\u001b", "--label", column],
      { cwd },
    );
    expect(code).toBe(0);
    expect(stdout).toContain("n\ufffd\ufffd\ufffd\ufffd&lt;b&gt;&amp;");
    // resvg reads strict XML, and throws at anything else.
    expect(() => new Resvg(stdout, { font: { loadSystemFonts: false } })).not.toThrow();
    // What Char of XML 1.0 leaves out.
    const codes = [...stdout].map((one) => one.codePointAt(0)!);
    const wrong = codes.filter(
      (one) => (one < 32 && ![9, 10, 13].includes(one)) || one === 0xfffe || one === 0xffff,
    );
    expect(wrong).toEqual([]);
  });
});

describe("math of doc comments", () => {
  const programs: readonly string[] = [
    "\\immediate\\write18{id}\\def\\x{",
    "\\input{/etc/passwd}",
    "\\begin{filecontents}{x.tex}",
    "\\csname input\\endcsname",
    "^^5cinput{x}",
    "k}\\input{x}{",
    "k%",
    "k\\",
    "\\\\k",
    "\\catcode`k=13",
  ];

  test.each(programs)("%s does not reach a paper", async (math) => {
    const spec = projection.replace('"quenching factor"', JSON.stringify(`$${math}$ quenching`));
    const documented = projection.replace(/^ *parameter k/m, `/// $${math}$ quenching\n$&`);
    for (const text of [spec, documented]) {
      expect(text).not.toBe(projection);
      const { code, stdout } = await sevens(["export", "-", "--to", "latex"], { stdin: text });
      expect(code).toBe(0);
      expect(stdout).not.toMatch(
        /\\(?:immediate|write|def|input|csname|endcsname|catcode)|filecontents\}|\^\^/,
      );
      // What is left of the symbol is text in braces of its own.
      const [, symbol = ""] = /^\$(.*?)(?:_\{.*\})? = 0\.16 /m.exec(stdout) ?? [];
      expect(symbol).toMatch(/^\\text\{(?:[^\\{}$%#&~^]|\\[%#&$_])*\}$/);
    }
  });

  test("formulas go there as they are", async () => {
    const spec = projection.replace('"quenching factor"', '"$\\\\hat\\\\kappa_{0}$ quenching"');
    const { stdout } = await sevens(["export", "-", "--to", "latex"], { stdin: spec });
    expect(stdout).toContain("$\\hat\\kappa_{0} = 0.16 \\pm 0.01$");
  });
});

describe("pages of `doc`", () => {
  const tag = "<script>alert(1)</script>";
  const texts: readonly string[] = [
    tag,
    `\\${tag}`,
    `$x\`${tag}$ a coupling`,
    `\`\`\`x${tag}\` ${tag}`,
    `a \`code ${tag}\n\nends\` here`,
    `\`a\n# ${tag}\``,
    `\`a | ${tag}\` b\n--- | ---`,
    `<img src=x onerror=alert(1)> [x](javascript:alert(1)) <javascript:alert(1)> ![x](http://x/y)`,
    `[x]: javascript:alert(1)\n\n[x]`,
    `$a|b$ | ${tag} \\| ${tag}`,
  ];
  const cites = [
    `x${tag}`,
    `arXiv:1)${tag}(`,
    "doi:1)[x](javascript:alert(1))",
    "x`<b>`",
    "[x](javascript:alert(1))",
  ];

  /** What of a page Markdown passes on as HTML, and where its links lead. */
  function liveIn(page: string): readonly string[] {
    const tokens = new MarkdownIt({ html: true, linkify: false }).parse(page, {});
    return [...tokens, ...tokens.flatMap(({ children }) => children ?? [])].flatMap((token) => {
      if (token.type === "html_block" || token.type === "html_inline") return [token.content];
      const to = String(token.attrGet("href") ?? token.attrGet("src") ?? "");
      const known = /^https:\/\/(?:arxiv\.org|doi\.org|inspirehep\.net)\/|^(?:\.\/)?[\w%.;&!'=-]+\.md$|^$/;
      return known.test(to) ? [] : [to];
    });
  }

  test.each(texts)("%s is no markup", async (text) => {
    expect(liveIn(`${tag}\n\n${tag}`).length).toBeGreaterThan(0);
    const doc = text.split("\n").map((line) => `/// ${line}`);
    const spec = projection
      .replace('"quenching factor"', JSON.stringify(text))
      .replace("/// A germanium", `${doc.join("\n")}\n/// A germanium`);
    const { code, stdout } = await sevens(["doc", "-"], { stdin: spec });
    expect([code, liveIn(stdout)]).toEqual([0, []]);
    expect(stdout).toContain("script");
  });

  test.each(cites)("%s is a citation and no markup", async (key) => {
    const spec = projection.replace("/// A germanium", `/// @cite ${key}\n/// A germanium`);
    const { code, stdout } = await sevens(["doc", "-"], { stdin: spec });
    expect([code, liveIn(stdout)]).toEqual([0, []]);
    expect(stdout).toContain("Citations");
  });

  test.skipIf(process.platform === "win32")("names of files are no markup", async () => {
    const files = { "<img src=x onerror=alert(1)>.sevens": projection, "a`<b>.sevens": projection };
    await inFolder(files, async (cwd) => {
      const { code } = await sevens(["doc", ".", "-o", "pages"], { cwd });
      expect(code).toBe(0);
      for (const name of ["README.md", ...Object.keys(files).map((one) => one.replace(/sevens$/, "md"))])
        expect(liveIn(textIn(join(cwd, "pages"), name))).toEqual([]);
    });
  });
});

test("no cell of a CSV is a formula", () => {
  expect(printCsv([["=1+1", "@x", "+cmd", "-cmd", "-1", "-inf", -2]])).toBe(
    "'=1+1,'@x,'+cmd,'-cmd,-1,-inf,-2\n",
  );
});

describe("a terminal", () => {
  const turning = "\u001b]0x\u0007\u001b[2J\u001b[1mb\u001b[31m\u009b31m\u202e\u2066\u007f";

  test("is not turned around by what is said about a spec", async () => {
    const { code } = await said(
      `sevens 1\nconstant \u001b[2J\u009b31m = 1\nconstant y = \u202e 2 foo\u0007\n`,
    );
    expect(code).toBe(1);
  });

  const spec = projection
    .replace('"quenching factor"', `"quenching ${turning} factor" @cite X${turning}`)
    .replace("/// A germanium", `/// ${turning} A germanium`);
  /** What a verb prints when it succeeds: on a terminal, and where each byte counts. */
  async function printed(args: readonly string[]): Promise<readonly [terminal: string, pipe: string]> {
    const [terminal, pipe] = [
      await sevens(args, { stdin: spec, tty: true }),
      await sevens(args, { stdin: spec, tty: false }),
    ];
    expect([args, terminal.code, pipe.code]).toEqual([args, 0, 0]);
    return [terminal.stdout, pipe.stdout];
  }

  test.each([
    "cite - --no-color",
    "cite - --format json",
    "doc -",
    "export - --to text",
    "export - --to json",
    "fmt -",
  ])("is not turned around by `%s`", async (command) => {
    const [terminal, pipe] = await printed(command.split(" "));
    requirePlain(terminal);
    expect(terminal).toContain("\ufffd");
    expect(() => requirePlain(pipe)).toThrow();
    expect(terminal.split("\n").length).toBe(pipe.split("\n").length);
  });

  test("still has bold heads of tables", async () => {
    const [terminal] = await printed(["cite", "-"]);
    expect(terminal).toContain("\u001b[1mcitation\u001b[22m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are escape sequences.
    requirePlain(terminal.replace(/\u001b\[1m\w+\u001b\[22m/g, ""));
  });

  test("is not turned around by a bundle that does not agree", async () => {
    await inFolder({ "spec.sevens": projection }, async (cwd) => {
      expect((await sevens(["bundle", "spec.sevens", "-o", "x.sevens-bundle"], { cwd })).code).toBe(0);
      const bundle = JSON.parse(textIn(cwd, "x.sevens-bundle"));
      const verified = async (changes: object, told: string): Promise<void> => {
        writeFileSync(join(cwd, "x.sevens-bundle"), JSON.stringify({ ...bundle, ...changes }));
        const { code, stderr } = await sevens(["verify", "x.sevens-bundle"], { cwd });
        expect([code, stderr]).toEqual([1, expect.stringContaining(told)]);
        requirePlain(stderr);
      };
      await verified({ sevens: "9.0.0", model: `1${turning}` }, "bundled with Sevens 9.0.0");
      await verified({ sevens: `9${turning}` }, "is no bundle that can be read");
    });
  });
});
