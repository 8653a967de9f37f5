/** SV17xx: files, tables and JSON documents. */
import type { Group } from "../definition.ts";

export const fileMessages = {
  SV1701: {
    severity: "error",
    name: "file-not-found",
    message: "cannot find the file `{path}`",
    note: "paths are relative to the file that names them",
    page: {
      why: "Paths are relative to the file that names them.",
      wrong: 'data = "csi-2012.csv"',
      right: 'data = "csi-2021.csv"',
    },
  },
  SV1702: {
    severity: "error",
    name: "unreadable-file",
    message: "cannot read `{path}`: {reason}",
    note: "a spec or a table is text in UTF-8",
    page: {
      why: "The file exists and could not be read as text: it may be a folder, too large, or not UTF-8.",
      wrong: 'data = "folder"',
      right: 'data = "folder/csi-2021.csv"',
    },
  },
  SV1703: {
    severity: "error",
    name: "bad-table",
    message: "line {line} of `{path}`: {problem}",
    note: "a head line with the names of the columns, then a number per column in each line, separated by commas",
    page: {
      why: "A table is comma-separated text: a head line with the names of the columns, then one number per column and line. Lines that begin with # are comments.",
      wrong: "q,F\n0.1;1",
      right: "q,F\n0.1,1",
    },
  },
  SV1704: {
    severity: "error",
    name: "missing-column",
    message: "`{path}` has no column `{column}`",
    page: {
      why: "The head line of the table names its columns.",
      wrong: "columns = q, F2   // the file has q, F",
      right: "columns = q, F",
    },
  },
  SV1705: {
    severity: "error",
    name: "unsorted-table",
    message: "the column `{column}` of `{path}` does not rise at line {line}",
    page: {
      why: "Interpolation needs the first column in rising order, each value once.",
      wrong: "0.2, 0.1, 0.3",
      right: "0.1, 0.2, 0.3",
    },
  },
  SV1706: {
    severity: "error",
    name: "table-too-short",
    message: "`{path}` covers {range}, but {needed} is needed",
    page: {
      why: "A table is never extrapolated.",
      wrong: "a flux table up to 8 MeV, used up to 12 MeV",
      right: "a longer table, or a narrower range",
    },
  },
  SV1707: {
    severity: "error",
    name: "bad-json",
    message: "not a JSON document: {problem}",
    page: {
      why: "The file ends in .json and is not well-formed.",
      wrong: '{ "sevens": 1, }',
      right: '{ "sevens": 1 }',
    },
  },
  SV1708: {
    severity: "error",
    name: "schema-violation",
    message: "{pointer} {problem}",
    page: {
      why: "The document does not follow the published schema at this place.",
      wrong: '{ "kind": "nucleus", "Z": "55" }',
      right: '{ "kind": "nucleus", "Z": 55 }',
    },
  },
  SV1709: {
    severity: "error",
    name: "unsupported-document-version",
    message: "the document has version {version}, this compiler reads version {supported}",
    page: {
      why: "`sevens` is the version of documents and of the language. There is none before 1, and newer ones may mean things that this compiler does not know.",
      wrong: '{ "sevens": 99 }',
      right: '{ "sevens": 1 }',
    },
  },
  SV1711: {
    severity: "error",
    name: "other-bins",
    message: "line {line} of `{path}`: {found} is not a bin of {owner}",
    note: "the edges in the file have to be those of `bins`",
    page: {
      why: "A data file with edges has one row for each bin of the experiment, with the same edges in the same unit.",
      wrong: "pe_lo,pe_hi,count\n8,13,5\n// with bins pe = [8, 12, 16] PE",
      right: "pe_lo,pe_hi,count\n8,12,5",
    },
  },
  SV1712: {
    severity: "error",
    name: "empty-table",
    message: "`{path}` holds no row of numbers",
    page: {
      why: "The file has only comments or a head line.",
      wrong: "q,F",
      right: "q,F\n0,1",
    },
  },
  SV1713: {
    severity: "error",
    name: "ambiguous-column",
    message: "`{path}` has several columns that could be the {what}: {columns}",
    help: "name the one that is meant `{example}`",
    page: {
      why: "A data file has the edges of the bins (`<axis>_lo`, `<axis>_hi`) and one more column with the numbers.",
      wrong: "pe_lo,pe_hi,on,off",
      right: "pe_lo,pe_hi,count",
    },
  },
} as const satisfies Group<"SV17">;
