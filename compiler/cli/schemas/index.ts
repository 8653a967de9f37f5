/** The published schemas, by the name that `sevens schema` takes. */
import { documentSchema } from "../../index.ts";
import { bundleSchema } from "./bundle.ts";
import { checkSchema } from "./check.ts";
import { citeSchema } from "./cite.ts";
import { contourSchema } from "./contour.ts";
import { diffSchema } from "./diff.ts";
import { evaluateSchema } from "./evaluate.ts";
import { explainSchema, pageSchema } from "./explain.ts";
import { fitSchema } from "./fit.ts";
import { fitOverSchema } from "./fit-over.ts";
import { hs3Schema } from "./hs3.ts";
import { limitSchema } from "./limit.ts";
import { provenanceSchema } from "./provenance.ts";
import { ratesSchema } from "./rates.ts";
import { sampleSchema } from "./sample.ts";
import { scanSchema } from "./scan.ts";
import type { Schema } from "./schema.ts";
import { tablesSchema } from "./tables.ts";
import { toysSchema } from "./toys.ts";
import { verifySchema } from "./verify.ts";
import { xsecSchema } from "./xsec.ts";

/** Made when asked for: that of documents comes from the descriptions of all kinds. */
export const schemas: Readonly<Record<string, () => Schema>> = {
  document: () => documentSchema(),
  check: () => checkSchema,
  rates: () => ratesSchema,
  xsec: () => xsecSchema,
  evaluate: () => evaluateSchema,
  fit: () => fitSchema,
  "fit-over": () => fitOverSchema,
  scan: () => scanSchema,
  contour: () => contourSchema,
  toys: () => toysSchema,
  sample: () => sampleSchema,
  limit: () => limitSchema,
  explain: () => explainSchema,
  page: () => pageSchema,
  cite: () => citeSchema,
  bundle: () => bundleSchema,
  verify: () => verifySchema,
  diff: () => diffSchema,
  hs3: () => hs3Schema,
  provenance: () => provenanceSchema,
  "json-tables": () => tablesSchema,
};
