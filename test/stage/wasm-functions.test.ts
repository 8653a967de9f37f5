/** Functions on pairs of doubles against their scalar siblings, inside and outside the range of the fast way. */
import { describe, expect, test } from "vitest";
import { FunctionBuilder } from "../../compiler/wasm/function-builder.ts";
import { vectorFunctions } from "../../compiler/wasm/functions.ts";
import { f64x2, get, i32, set, v128, when } from "../../compiler/wasm/instructions.ts";
import { encodeModule } from "../../compiler/wasm/module.ts";
import { dsphere, poissonDeviance, sphere } from "../../runtime/index.ts";

type Scalar = (...args: number[]) => number;

const scalars: Readonly<Record<string, Scalar>> = {
  "Math.exp": Math.exp,
  "Math.log": Math.log,
  "Math.sin": Math.sin,
  "Math.cos": Math.cos,
  sphere,
  dsphere,
  poissonDeviance,
};
const names = [...vectorFunctions.keys()];
const arity = (name: string): number => (name === "poissonDeviance" ? 2 : 1);

/** A module with each function on the pair of its arguments; the result is one of the lanes. */
function machine(): { call: (name: string, lane: 0 | 1, first: number[], second: number[]) => number } {
  const host = (name: string): number => names.indexOf(name);
  const functions = names.flatMap((name) =>
    ([0, 1] as const).map((lane) => {
      const count = arity(name);
      const f = new FunctionBuilder(new Array<"f64">(2 * count).fill("f64"));
      const pairs = Array.from({ length: count }, (_, k) =>
        f.keep("v128", f64x2.withLane(f64x2.splat(get(k)), 1, get(count + k))),
      );
      const value = vectorFunctions.get(name)!(f, { host, good: undefined }, pairs);
      f.append(f64x2.lane(value, lane));
      return f.finish(["f64"], `${name} ${lane}`);
    }),
  );
  const code = encodeModule({
    imports: names.map((name) => ({
      name,
      parameters: new Array<"f64">(arity(name)).fill("f64"),
      results: ["f64"],
    })),
    functions,
  });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), {
    host: { memory, ...scalars },
  });
  return {
    call: (name, lane, first, second) => {
      const found: unknown = exports[`${name} ${lane}`];
      if (typeof found !== "function") throw new Error(`no ${name}`);
      return Number(Reflect.apply(found, undefined, [...first, ...second]));
    },
  };
}

const { call } = machine();

function spread(low: number, high: number, count = 2001): readonly number[] {
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/** Both lanes, with another argument beside. */
function worst(name: string, values: readonly number[], relative: boolean): number {
  const scalar = scalars[name]!;
  return Math.max(
    ...values.map((x, i) => {
      const other = values[(i * 7 + 3) % values.length]!;
      const expected = scalar(x);
      const errors = [call(name, 0, [x], [other]), call(name, 1, [other], [x])].map((value) =>
        Math.abs(value - expected),
      );
      return Math.max(...errors) / (relative ? Math.abs(expected) : 1);
    }),
  );
}

describe("functions on pairs", () => {
  test.each([
    ["Math.exp", -700, 700, true, 6e-16],
    ["Math.exp", -1, 1, true, 6e-16],
    ["Math.log", 1e-3, 4, true, 8e-16],
    ["Math.log", 1e-290, 1e290, true, 8e-16],
    ["Math.sin", -40, 40, false, 4e-16],
    ["Math.cos", -99_999, 99_999, false, 4e-16],
    ["sphere", -5, 5, false, 6e-16],
    ["sphere", 3, 300, false, 6e-16],
    ["dsphere", -5, 5, false, 6e-16],
    ["dsphere", 3, 300, false, 6e-16],
  ] as const)("%s from %d to %d", (name, low, high, relative, tolerance) => {
    expect(worst(name, spread(low, high), relative)).toBeLessThan(tolerance);
  });

  test.each(names.filter((name) => arity(name) === 1))("%s at the ends of its range and beyond", (name) => {
    for (const x of [0, 1, 5e-324, 709.5, 1e6, 1e300, Number.MAX_VALUE, -3, Infinity, -Infinity, NaN]) {
      const expected = scalars[name]!(x);
      for (const value of [call(name, 0, [x], [0.5]), call(name, 1, [0.5], [x])]) {
        if (Number.isFinite(expected)) expect(Math.abs(value - expected)).toBeLessThan(1e-15);
        else expect(value).toBe(expected);
      }
    }
    expect(call("Math.exp", 0, [-1000], [0])).toBe(0);
  });

  test("the Poisson term, for counts of every size", () => {
    for (const n of [0, 1e-3, 1, 2.5, 17, 1000, 1e9]) {
      for (const nu of [1e-12, 0.3, 1, 2.4999, 17.001, 999, 1001, 1e9 + 1, 1e12]) {
        const expected = poissonDeviance(nu, n);
        const scale = 10 + Math.abs(Math.log(Math.max(n, 1e-3) / nu));
        const found = call("poissonDeviance", 1, [1, 3], [nu, n]);
        expect(Math.abs(found - expected)).toBeLessThan(6e-16 * (n + nu) * scale);
        if (n !== nu && Math.abs(n - nu) < 0.1 * nu)
          expect(Math.abs(found / expected - 1)).toBeLessThan(2e-12);
      }
    }
    expect(call("poissonDeviance", 0, [7, 7], [1, 1])).toBe(0);
    expect(call("poissonDeviance", 0, [0, 2], [1, 1])).toBe(Number.POSITIVE_INFINITY);
    expect(call("poissonDeviance", 0, [-1, 2], [1, 1])).toBe(poissonDeviance(-1, 2));
    expect(call("poissonDeviance", 0, [NaN, 2], [1, 1])).toBeNaN();
  });
});

test("a module without functions of the host, with conditions and memory", () => {
  const f = new FunctionBuilder(["i32"]);
  const local = f.local("f64");
  f.append(set(local, f64x2.lane(v128.const(2.5), 1)));
  f.append(when(i32.isZero(get(0)), set(local, f64x2.lane(v128.const(-1), 0))));
  f.append(get(local));
  const code = encodeModule({ imports: [], functions: [f.finish(["f64"], "choose")] });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { choose } = new WebAssembly.Instance(new WebAssembly.Module(code), { host: { memory } }).exports;
  expect(typeof choose === "function" && [choose(1), choose(0)]).toEqual([2.5, -1]);
});
