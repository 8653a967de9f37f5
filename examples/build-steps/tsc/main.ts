/** A program without a bundler: `sevens build` writes the module that it imports. */
import { fit } from "sevens/runtime";
import { createZPrime, type ZPrimeParameter } from "./generated/zprime.js";

const coupling: ZPrimeParameter = "UniversalVector.g_Zp";
const { converged, minimum, parameters } = fit(createZPrime());
const best = parameters.find(({ name }) => name === coupling);
console.log(JSON.stringify({ converged, minimum, coupling: best?.value }));
