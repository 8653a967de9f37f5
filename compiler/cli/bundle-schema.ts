/** Whether JSON is a bundle, by its published schema. */
import { Ajv } from "ajv";
import type { Bundle } from "../share/bundle.ts";
import { bundleSchema } from "./schemas/bundle.ts";

export const isBundle: (json: unknown) => json is Bundle = new Ajv({ strict: false }).compile<Bundle>({
  ...bundleSchema,
});
