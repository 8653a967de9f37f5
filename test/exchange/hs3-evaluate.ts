/**
 * An HS3 document evaluated from the definitions of its parts, knowing nothing of how it was made: functions by their expressions,
 * Σ_samples contents Π parameters per bin, Poisson bins, Gaussian distributions at point data.
 */

interface Named {
  readonly name: string;
  readonly type: string;
}

export interface Document {
  readonly functions: readonly (Named & { readonly expression: string })[];
  readonly distributions: readonly (Named & {
    readonly samples?: readonly {
      readonly data: { readonly contents: readonly number[] };
      readonly modifiers: readonly {
        readonly type: string;
        readonly parameter?: string;
        readonly parameters?: readonly string[];
      }[];
    }[];
    readonly mean?: string | number;
    readonly sigma?: string | number;
    readonly x?: string;
  })[];
  readonly data: readonly (Named & {
    readonly contents?: readonly number[];
    readonly value?: number;
    readonly axes: readonly { readonly name: string }[];
  })[];
  readonly likelihoods: readonly {
    readonly distributions: readonly string[];
    readonly data: readonly string[];
  }[];
  readonly domains: readonly {
    readonly axes: readonly { readonly name: string; readonly min: number; readonly max: number }[];
  }[];
  readonly parameter_points: readonly {
    readonly parameters: readonly { readonly name: string; readonly value: number }[];
  }[];
}

/** An expression at values of the names in it: a parser of its own, by descent. */
export function evaluate(text: string, value: (name: string) => number): number {
  const tokens = text.match(/\d+(?:\.\d+)?(?:e[+-]?\d+)?|[A-Za-z]\w*|[-+*/(),]/g) ?? [];
  let at = 0;
  const take = (wanted: string): void => {
    if (tokens[at++] !== wanted) throw new Error(`no ${wanted} in ${text}`);
  };
  const sum = (): number => {
    let result = product();
    while (tokens[at] === "+" || tokens[at] === "-") result += tokens[at++] === "+" ? product() : -product();
    return result;
  };
  const product = (): number => {
    let result = factor();
    while (tokens[at] === "*" || tokens[at] === "/") result *= tokens[at++] === "*" ? factor() : 1 / factor();
    return result;
  };
  const factor = (): number => {
    const token = tokens[at++] ?? "";
    if (token === "-") return -factor();
    if (token === "(") {
      const inner = sum();
      take(")");
      return inner;
    }
    if (/^\d/.test(token)) return Number(token);
    if (tokens[at] !== "(") return value(token);
    at++;
    const args = [sum()];
    while (tokens[at] === ",") {
      at++;
      args.push(sum());
    }
    take(")");
    return called(token, args);
  };
  const result = sum();
  if (at !== tokens.length) throw new Error(`cannot read ${text}`);
  return result;
}

function called(name: string, [x = Number.NaN, y = Number.NaN]: readonly number[]): number {
  switch (name) {
    case "pow":
      return x ** y;
    case "exp":
      return Math.exp(x);
    case "log":
      return Math.log(x);
    case "sqrt":
      return Math.sqrt(x);
    case "abs":
      return Math.abs(x);
    case "sin":
      return Math.sin(x);
    case "cos":
      return Math.cos(x);
    default:
      throw new Error(`no function ${name}`);
  }
}

export type Values = Readonly<Record<string, number>>;

/** The values of the parameter point. */
export function defaults(document: Document): Record<string, number> {
  return Object.fromEntries(document.parameter_points[0]!.parameters.map(({ name, value }) => [name, value]));
}

/** −2 ln L of all densities with their normalisations; of Poisson bins less a constant, that of ν = n. */
export function minusTwoLogL(document: Document, values: Values): number {
  const expressions = new Map(document.functions.map(({ name, expression }) => [name, expression]));
  const known = new Map<string, number>();
  const named = (name: string): number => {
    const found = known.get(name) ?? values[name];
    if (found !== undefined) return found;
    const expression = expressions.get(name);
    if (expression === undefined) throw new Error(`nothing is called ${name}`);
    const made = evaluate(expression, named);
    known.set(name, made);
    return made;
  };
  const number = (what: string | number): number => (typeof what === "number" ? what : named(what));
  const { distributions, data } = document.likelihoods[0]!;
  return distributions.reduce((sum, name, i) => {
    const distribution = document.distributions.find((one) => one.name === name)!;
    const datum = document.data.find((one) => one.name === data[i])!;
    if (distribution.type === "gaussian_dist") {
      if (datum.axes[0]!.name !== distribution.x)
        throw new Error(`${name} is of another variable than ${datum.name}`);
      return sum + gaussian(datum.value!, number(distribution.mean!), number(distribution.sigma!));
    }
    return (
      sum + datum.contents!.reduce((all, n, bin) => all + poisson(n, expected(distribution, bin, named)), 0)
    );
  }, 0);
}

/** −2 ln of the density exp(−(x − μ)²/2σ²)/(√(2π) σ). */
function gaussian(x: number, mean: number, sigma: number): number {
  return ((x - mean) / sigma) ** 2 + Math.log(2 * Math.PI * sigma ** 2);
}

/** −2 ln of the probability ν^n e^−ν, less that at ν = n. */
function poisson(n: number, nu: number): number {
  return 2 * (nu - n + (n > 0 ? n * Math.log(n / nu) : 0));
}

function expected(
  { samples = [] }: Document["distributions"][number],
  bin: number,
  named: (name: string) => number,
): number {
  return samples.reduce((sum, { data, modifiers }) => {
    const factors = modifiers.map(({ type, parameter, parameters }) =>
      named(type === "shapefactor" ? parameters![bin]! : parameter!),
    );
    return sum + factors.reduce((product, one) => product * one, data.contents[bin]!);
  }, 0);
}

/** All names of a document that must differ from each other. */
export function namesIn(document: Document): readonly string[] {
  const { functions, distributions, data, parameter_points } = document;
  return [
    ...[functions, distributions, data].flatMap((list) => list.map(({ name }) => name)),
    ...parameter_points[0]!.parameters.map(({ name }) => name),
    ...data.filter(({ type }) => type === "point").map(({ axes }) => axes[0]!.name),
  ];
}
