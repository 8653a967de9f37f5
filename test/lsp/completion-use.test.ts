/** What is offered behind `use`: modules of the library, files, packages, and the names in them. */
import { describe, expect, test } from "vitest";
import { accepted, labels } from "./completion-support.ts";

describe("`use`", () => {
  const near = {
    "/project/top.sevens": "sevens 1\n",
    "/project/specs/array-2.sevens": "sevens 1\nuse nuclei { Cs133 }\nconstant here = 1\n",
    "/project/specs/deep/inner.sevens": "sevens 1\nconstant far = 1\n",
    "/outside.sevens": "sevens 1\n",
    "/project/node_modules/@group/array/package.json":
      '{ "version": "1.0.0", "sevens": { "specs": "./specs", "language": 1 } }',
    "/project/node_modules/@group/array/specs/ge.sevens": "sevens 1\nconstant inside = 1\n",
    "/project/node_modules/@group/other/package.json": '{ "version": "1.0.0" }',
    "/project/node_modules/plain/package.json": '{ "version": "1.0.0", "sevens": { "language": 1 } }',
    "/project/node_modules/plain/index.sevens": "sevens 1\nconstant first = 1\n",
  };
  const list = (text: string): readonly string[] => [...labels(`sevens 1\n${text}`, near)].sort();

  test("of the library: modules, what is in their folders, names", () => {
    expect(list("use ¦")).toEqual(["formfactors", "interactions", "nuclei"]);
    expect(list("use interactions/¦")).toEqual(["Weak"]);
    expect(list("use interactions/W¦")).toEqual(["Weak"]);
    expect(list("use interactions/Weak { ¦")).toEqual(["Weak", "inner"]);
    expect(list("use interactions/Weak { inner, ¦")).toEqual(["Weak"]);
    expect(list("use formfactors { ¦")).toEqual(["Ball"]);
  });

  test("of the library: no file without its own name, no name that is in scope", () => {
    const more = { "/library/nuclei/Many.sevens": "sevens 1\nnucleus One {\n}\n" };
    expect(labels("sevens 1\nuse nuclei { ¦", more)).toEqual(["Cs133"]);
    expect(labels("sevens 1\nuse nuclei { ¦ }\nuse nuclei { Cs133 }\n")).toEqual([]);
    expect(labels("sevens 1\nuse nuclei { ¦ }\nconstant Cs133 = 1\n")).toEqual([]);
    expect(labels("sevens 1\nuse nuclei { Cs¦133 }\n")).toEqual(["Cs133"]);
  });

  test("of files: those of the folder, folders, names", () => {
    expect(list('use "./¦')).toEqual(["array-2.sevens", "deep/"]);
    expect(list('use "./deep/¦"')).toEqual(["inner.sevens"]);
    expect(list('use "../¦')).toEqual(["specs/", "top.sevens"]);
    expect(list('use "../../¦')).toEqual([]);
    expect(list('use "./array-2.sevens" { ¦')).toEqual(["Cs133", "here"]);
    expect(list('use "./deep/inner.sevens" { ¦')).toEqual(["far"]);
    expect(accepted('use "./array-¦" { here }', "array-2.sevens", near)).toBe(
      'use "./array-2.sevens" { here }',
    );
    expect(accepted('use "./de¦', "deep/", near)).toBe('use "./deep/');
  });

  test("of packages: those with specs, their modules, names", () => {
    expect(list('use "¦')).toEqual(["../", "./array-2.sevens", "./deep/", "@group/array", "plain"]);
    expect(list('use "@group/¦')).toEqual(["array"]);
    expect(list('use "@group/array/¦')).toEqual(["ge"]);
    expect(list('use "@group/array/ge" { ¦')).toEqual(["inside"]);
    expect(list('use "plain" { ¦')).toEqual(expect.arrayContaining(["first"]));
    expect(accepted('use "@gro¦" {', "@group/array", near)).toBe('use "@group/array" {');
  });
});
