/**
 * The functions that the language can call, in one table: checker, derivatives, code generation, completion and the
 * reference pages read it.
 *
 * Dimensions are written in the algebra of units: "1" is a pure number; D stands for any dimension and is the same
 * one throughout a signature ("D^2", "1/D"). `derivatives`, `expand` and `domain` are expressions of the language in
 * the names of the arguments and without units (the calls around them have been checked); they may call any function
 * of the table and use the constant pi.
 */
import type { Signature } from "./signature.ts";
import { distributionSignatures } from "./signatures-distributions.ts";
import { elementarySignatures } from "./signatures-elementary.ts";
import { morphSignatures } from "./signatures-morph.ts";
import { specialSignatures } from "./signatures-special.ts";

export type { Dimension, Signature, SignatureArgument } from "./signature.ts";

/** Every function of the language. */
export const signatures: readonly Signature[] = [
  ...elementarySignatures,
  ...specialSignatures,
  ...distributionSignatures,
  ...morphSignatures,
];
