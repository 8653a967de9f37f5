/** Models as JSON documents: lossless both ways, hashed by their meaning, readable when wrong. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { hasErrors, lineMap } from "../../compiler/diagnostics/index.ts";
import { nodeSha256 } from "../../compiler/interchange/hash-node.ts";
import {
  contentHash,
  type Document,
  documentSchema,
  fromDocument,
  readDocument,
  toDocument,
  toText,
} from "../../compiler/interchange/index.ts";
import { type Loaded, load } from "../../compiler/load/index.ts";
import type { Host } from "../../compiler/model/model.ts";
import { loadMain, modelOf } from "./load-support.ts";

const repository = resolve(import.meta.dirname, "../..");
const disk: Host = {
  readFile(path) {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return undefined;
    }
  },
  library: join(repository, "models"),
};

const specs = ["models", "examples"].flatMap((folder) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sevens"))
    .map((file) => join(repository, folder, file)),
);

const hashOf = (document: Document): string => contentHash(document, nodeSha256);
const documentOf = (loaded: Loaded): Document => {
  if (loaded.model === undefined || hasErrors(loaded.diagnostics)) {
    throw new Error(loaded.diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"));
  }
  return toDocument(loaded.model);
};
const hashOfText = (text: string): string => hashOf(toDocument(modelOf(text)));

describe("every spec of the repository", () => {
  it.each(specs)("%s survives text, JSON and text again", (file) => {
    const loaded = load(file, disk);
    const document = documentOf(loaded);
    const json = JSON.stringify(document, undefined, 2);
    const fromJson = readDocument(json, "model.json");
    expect(documentOf(fromJson)).toEqual(document);
    const text = fromJson.model === undefined ? "" : toText(fromJson.model);
    const again = documentOf(loadMain(text));
    expect(again).toEqual(document);
    expect(hashOf(again)).toBe(hashOf(document));
  });
});

const everything = `
/// The number of things.
/// @cite A:1, B:2
constant n = if n0 > 1 and not (n0 == 2) then -n0 else n0 ^ -2 @cite C:3
constant n0 = 3 +  4 * (5 - 6) / 7
constant s = sum(m[e], integral(x^2, x = 0 .. 1 step 0.5))
constant m = { e: 1 MeV, mu: 2 eV^2/eV, tau: 12% }
function f(x: cm, y: 1/MeV = 2 /MeV, l: flavor): number = g(x)*y where g(u) = u/cm, h = 2 for x in 0 cm .. 1 cm
table t(x: us): 1/us { points = [[0, 1], [1, -2]]; interpolation = log_linear }
formfactor P(R: length) { F(q) = 1 }
nucleus X { Z = 1; A = 2; spin = 1/2; nuclear_mass = 1.8 +- 0.1 u; protons = P(R = a); neutrons = P(1 fm)
  /// radius
  parameter a = 1 fm +- 2% in 0.5 fm .. 2 fm log "a note" @cite D:4
}
material Y { mixture = { X: 100% } }
interaction I {
  parameter eps[l, k] = 0 in -1 .. 1
  mediator Zp: scalar { mass = 1 MeV; coupling = 1; charges = { quarks: 1/3, nu: 1 } }
  charge[l -> k] += eps[l, k] * Z * Fp
  charge[mu] -= N*Fn(q)
  dsigma/dT [l] += 1/E^3
  flux[e] *= 1 - L*E/2
}
source S {
  input d: cm "distance"
  fluence = 1/d^2
  spectrum[nu_e](E) = delta(E - 1 MeV)
  spectrum[nubar_mu](E) = 1/MeV for E in 0 MeV .. 1 MeV
  arrival[nu_e](t) = t(t)
}
detector D {
  target Y = 2 kg
  efficiency(T) = 1
  observable pe: PE { density(n | T) = 1/PE; efficiency(n) = 0.5 }
  observable time: us { density(t) = arrival(t) }
  observable psd: number
}
experiment Ex {
  source S { d = 2 m }
  detector D
  bins pe = [0, 1 .. 3 step 1] PE
  bins time = [0, 6] us
  data = [1, 2, 3]
  errors = [1, 2, 3]
  background B { shape(n, t) = 1/(3 PE * 6 us); total = 5 +- 10% }
  background C { shape = [0.2, 0.3, 0.5]; total = 1 }
  background F { events(n, t) = level/(1 PE * 1 us) }
  parameter level = 2 in 0 .. 10
  signal { shape(n, t) = 1/(3 PE * 6 us) }
  systematic norm = 12% on signal, B
  systematic tilt on C { plus = [0.3, 0.3, 0.4]; minus(n, t) = n/(1 PE^2 * 1 us); interpolation = linear }
}
analysis An {
  model = I
  experiments = Ex
  likelihood = gaussian
  free I.eps
  tie X.a = 2 fm
  fix Ex.B = 0
  profile Ex.C
  constraint c { value = n0; measured = 3 +- 1 }
  interval = 68.27%, 90%
}
`;

describe("documents", () => {
  it("hold every part of the language", () => {
    const document = toDocument(modelOf(everything));
    const back = readDocument(JSON.stringify(document), "m.json");
    expect(documentOf(back)).toEqual(document);
    expect(documentOf(loadMain(back.model === undefined ? "" : toText(back.model)))).toEqual(document);
  });

  it("read like this", () => {
    const text =
      "/// Toy.\ninteraction I {\n  parameter g = 0.10 MeV in 0 MeV .. 1 MeV\n  charge[l] += -g*Z/E @cite A\n}";
    expect(toDocument(modelOf(text)).declarations).toMatchInlineSnapshot(`
      [
        {
          "doc": "Toy.",
          "fields": {
            "charge": [
              {
                "cite": [
                  "A",
                ],
                "index": [
                  "l",
                ],
                "op": "+=",
                "value": {
                  "args": [
                    {
                      "args": [
                        {
                          "args": [
                            {
                              "name": "g",
                            },
                          ],
                          "op": "-",
                        },
                        {
                          "name": "Z",
                        },
                      ],
                      "op": "*",
                    },
                    {
                      "name": "E",
                    },
                  ],
                  "op": "/",
                },
              },
            ],
            "parameter": [
              {
                "in": {
                  "from": {
                    "num": "0",
                    "unit": "MeV",
                  },
                  "to": {
                    "num": "1",
                    "unit": "MeV",
                  },
                },
                "label": "g",
                "value": {
                  "num": "0.10",
                  "unit": "MeV",
                },
              },
            ],
          },
          "kind": "interaction",
          "name": "I",
        },
      ]
    `);
  });

  it("keep the roots", () => {
    const files = { "/library/a.sevens": "constant x = y\nconstant y = 1" };
    const model = modelOf("use a { x }", files);
    expect(toDocument(model).roots).toEqual(["x"]);
    expect(toText(model)).toContain('use "." { x }');
    expect(modelOf(toText(model)).roots).toEqual(["x"]);
  });

  it("do not depend on the order of declarations and of fields of different keywords", () => {
    const a = "constant a = 1\nsource S { fluence = 1 /cm^2; spectrum[nu_e](E) = 1/E }";
    const b = "source S { spectrum[nu_e](E) = 1/E; fluence = 1 /cm^2 }\nconstant a = 1";
    expect(toDocument(modelOf(a))).toEqual({ ...toDocument(modelOf(b)), roots: ["S", "a"] });
  });
});

describe("content hash", () => {
  const same: readonly (readonly [string, string])[] = [
    ["constant a = 19.3 m", "constant a = 1930 cm"],
    ["constant a = 0.5", "constant a = 50.0%"],
    ["constant a = 1 eV^2", "constant a = 1e-12 MeV^2"],
    ["/// doc\nconstant a = 1", 'constant a = 1.0 "note"'],
    ["constant a = 1\nconstant b = a", "constant b = a\nconstant a = 1"],
    [
      "interaction I { parameter g = 1; parameter h = 2 }",
      "interaction I { parameter h = 2; parameter g = 1 }",
    ],
    ["interaction I { parameter g = 4.8 +- 0.1 fm }", "interaction I { parameter g = 4.8 fm +- 1e-16 m }"],
    ["constant m = { e: 1, mu: 2, tau: 3 }", "constant m = { tau: 3, mu: 2, e: 1 }"],
  ];
  it.each(same)("of %s is that of %s", (a, b) => {
    expect(hashOfText(a)).toBe(hashOfText(b));
  });

  const different: readonly (readonly [string, string])[] = [
    ["constant a = 1", "constant a = 1 MeV"],
    ["constant a = 1", "constant b = 1"],
    ["constant a = 1 @cite A", "constant a = 1"],
    ["interaction I { parameter g = 4.8 +- 2% }", "interaction I { parameter g = 4.8 +- 0.02 }"],
    ["interaction I { charge[e] += 1 }", "interaction I { charge[mu] += 1 }"],
    ["constant a = 1 - (2 - 3)", "constant a = 1 - 2 - 3"],
  ];
  it.each(different)("tells %s from %s", (a, b) => {
    expect(hashOfText(a)).not.toBe(hashOfText(b));
  });

  it("takes units of lists apart and keeps the order of axes", () => {
    const [pe, time] = ["bins pe = [0, 1 .. 3 step 1] PE", "bins time = [0, 6] us"];
    const mixed = everything.replace(time, "bins time = [0 us, 6000 ns]");
    expect(hashOfText(mixed)).toBe(hashOfText(everything));
    const swapped = everything.replace(pe, "").replace(time, `${time}\n${pe}`);
    expect(hashOfText(swapped)).not.toBe(hashOfText(everything));
  });
});

describe("wrong documents", () => {
  const wrong = (text: string) => {
    const { diagnostics } = readDocument(text, "m.json");
    return diagnostics.map(({ code, pointer, message, help, notes, span }) => {
      const { line } = lineMap(text).position(span.start);
      return `${code} ${pointer ?? ""} ${line}: ${message}${[...(help === undefined ? [] : [help]), ...notes].map((one) => `; ${one}`).join("")}`;
    });
  };
  const document = (declaration: string) => `{ "sevens": 1, "declarations": [\n${declaration}\n] }`;
  const constant = (value: string) => document(`{ "kind": "constant", "name": "a", "value": ${value} }`);

  it.each([
    "",
    '{ "sevens": 1, }',
    '{ "sevens": 2, "declarations": [] }',
    '{ "sevens": 1 }',
    "[]",
    document('{ "kind": "nuclues", "name": "X" }'),
    document('{ "kind": "constant" }'),
    document('{ "kind": "constant", "name": "if", "value": { "num": "1" } }'),
    document('{ "kind": "constant", "name": "a" }'),
    document('{ "kind": "nucleus", "name": "X", "fields": { "ZZ": { "value": { "num": "1" } } } }'),
    document(
      '{ "kind": "interaction", "name": "I", "fields": { "charge": [\n{ "index": ["l"], "op": "=", "value": { "num": "1" } }] } }',
    ),
    document(
      '{ "kind": "source", "name": "S", "fields": { "spectrum": [\n{ "index": ["nu_x"], "params": [{ "name": "E" }], "value": { "num": "1" } }] } }',
    ),
    constant('{ "num": 1 }'),
    constant('{ "num": "1e" }'),
    constant('{ "number": "1" }'),
    constant('{ "op": "+", "args": [\n{ "num": "1" }, { "nam": "x" }] }'),
    constant('{ "op": "!", "args": [{ "num": "1" }] }'),
    constant('{ "list": [] }'),
    document(
      '{ "kind": "source", "name": "S", "fields": { "spectrum": [{ "index": ["nu_e"], "params": [{ "name": "E" }], "value": { "num": "1" } }] } }',
    ),
    document('{ "kind": "material", "name": "M", "value": { "map": {\n"X": { "num": "1" } } } }'),
  ])("%s", (text) => {
    expect(wrong(text)).toMatchSnapshot();
  });

  it.each([
    ["2", "the document has version 2, this compiler reads version 1", "install a newer sevens"],
    [
      "0",
      "the document has version 0, this compiler reads version 1",
      'version 1 is the first: `"sevens": 1`',
    ],
    ["1.5", "the document has version 1.5, this compiler reads version 1", "version 1 is the first"],
    ['"1"', 'the document has version "1", this compiler reads version 1', "version 1 is the first"],
  ])("of version %s say what would be right, and nothing else", (version, message, note) => {
    const { diagnostics } = readDocument(`{ "sevens": ${version}, "declarations": 3 }`, "model.json");
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ code: "SV1709", message, pointer: "/sevens" });
    expect(diagnostics[0]?.notes.join()).toContain(note);
  });

  it("are survived however they are nested", () => {
    const deep = constant(`${'{ "op": "-", "args": ['.repeat(5000)}{ "num": "1" }${"] }".repeat(5000)}`);
    expect(wrong(deep)).toEqual(["SV1707  1: not a JSON document: it is nested too deep"]);
  });

  it("give pointers when there is no text", () => {
    const { diagnostics } = fromDocument(
      { sevens: 1, declarations: [{ kind: "constant", name: 1 }] },
      undefined,
      "m",
    );
    expect(diagnostics.map(({ pointer }) => pointer)).toEqual(["/declarations/0/name"]);
  });
});

describe("schema", () => {
  it("is plain data", () => {
    const schema = documentSchema();
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});
