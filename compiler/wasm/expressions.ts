/** Kernel expressions as WebAssembly: on one double, or on the two of a pair of neighbouring indices. */
import type { KernelExpr, Offset } from "../kernel/form.ts";
import type { FunctionBuilder } from "./function-builder.ts";
import { vectorFunctions } from "./functions.ts";
import { type Code, call, f64, f64x2, get, i32, select, v128 } from "./instructions.ts";
import type { Layout } from "./layout.ts";

/** A value that is known: its local, and whether it holds a pair. */
export interface Kept {
  readonly code: Code;
  readonly pair: boolean;
}

/** What expressions of one module share. */
export interface Target {
  readonly layout: Layout;
  /** How JavaScript calls a function of the language. */
  readonly callee: (name: string) => string;
  readonly host: (name: string, count: number) => number;
}

/** What is known at one place in the loops. */
export interface Scope {
  readonly f: FunctionBuilder;
  /** Local of each loop index, in bytes, and of its products with strides. */
  readonly indices: ReadonlyMap<string, ReadonlyMap<number, Code>>;
  /** Whole numbers added to indices, for copies of a loop's body. */
  readonly shifts: ReadonlyMap<string, number>;
  /** See `Surroundings`. */
  readonly good: number | undefined;
  /** Nothing in pairs: functions are those of the host. */
  readonly scalar: boolean;
  /** The index that runs over pairs. */
  readonly pairIndex: string | undefined;
  readonly names: Map<string, Kept>;
  /** Elements read before in the same straight run of code. */
  readonly loads: Map<string, Kept>;
  /** Where what does not change in the innermost loop is computed: before it. */
  readonly outside:
    | { readonly f: FunctionBuilder; readonly code: Code[]; readonly known: Map<string, Kept> }
    | undefined;
  /** The innermost loop's own index; values without it do not change in the loop. */
  readonly inner: string | undefined;
}

export function isPair(value: KernelExpr, scope: Scope): boolean {
  switch (value.kind) {
    case "number":
    case "parameter":
      return false;
    case "name":
      return scope.names.get(value.name)?.pair ?? false;
    case "element":
      return runsOver(value.offset, scope.pairIndex);
    case "negate":
      return isPair(value.operand, scope);
    case "binary":
      return isPair(value.left, scope) || isPair(value.right, scope);
    case "call":
      return value.args.some((arg) => isPair(arg, scope));
    case "table":
      return isPair(value.arg, scope);
    case "select":
      return [value.left, value.right, value.chosen, value.otherwise].some((part) => isPair(part, scope));
    case "root":
      throw new Error("a root is not for WebAssembly");
  }
}

export function runsOver(offset: Offset, index: string | undefined): boolean {
  return index !== undefined && offset.some((term) => term.index === index);
}

/** Address of an element: what is computed, and the constant rest in bytes. */
export function addressOf(
  { layout }: Target,
  array: string,
  offset: Offset,
  { indices, shifts }: Scope,
): { readonly code: Code; readonly rest: number } {
  const start = layout.arrays.get(array);
  if (start === undefined) throw new Error(`array ${array} has no place in memory`);
  let rest = 8 * start;
  let code: Code | undefined;
  for (const { index, stride } of offset) {
    rest += 8 * stride * (shifts.get(index) ?? 0);
    const own = indices.get(index);
    if (own === undefined) throw new Error(`index ${index} has no loop here`);
    const base = own.get(stride) ?? i32.mul(own.get(1)!, i32.const(stride));
    code = code === undefined ? base : i32.add(code, base);
  }
  return { code: code ?? i32.const(0), rest };
}

/** One double. */
export function scalarCode(target: Target, value: KernelExpr, scope: Scope): Code {
  const of = (part: KernelExpr): Code => scalarCode(target, part, scope);
  switch (value.kind) {
    case "number":
      return f64.const(value.value);
    case "parameter":
      return f64.load(i32.const(0), 8 * placeOf(target.layout.parameters, value.name));
    case "name": {
      const known = scope.names.get(value.name);
      if (known?.pair === true) throw new Error(`${value.name} is a pair`);
      return known?.code ?? f64.load(i32.const(0), 8 * placeOf(target.layout.scalars, value.name));
    }
    case "element":
      return loadOnce(scope, value, false, () => {
        const { code, rest } = addressOf(target, value.array, value.offset, scope);
        return f64.load(code, rest);
      });
    case "negate":
      return f64.neg(of(value.operand));
    case "binary":
      return scalarOperators[value.operator](of(value.left), of(value.right));
    case "call":
      return scalarCall(target, value, scope);
    case "table":
      return call(target.host(tableName(value), 1), of(value.arg));
    case "select":
      return select(
        compare(f64, value.relation, of(value.left), of(value.right)),
        of(value.chosen),
        of(value.otherwise),
      );
    case "root":
      throw new Error("a root is not for WebAssembly");
  }
}

/** Two doubles; what is the same for both lanes is spread over them. */
export function pairCode(target: Target, value: KernelExpr, scope: Scope): Code {
  if (!isPair(value, scope)) return spread(target, value, scope);
  const of = (part: KernelExpr): Code => pairCode(target, part, scope);
  switch (value.kind) {
    case "name":
      return scope.names.get(value.name)!.code;
    case "element":
      return loadOnce(scope, value, true, () => loadPair(target, value, scope));
    case "negate":
      return f64x2.neg(of(value.operand));
    case "binary":
      return pairOperators[value.operator](of(value.left), of(value.right));
    case "call":
      return pairCall(target, value, scope);
    case "table":
      return byLanes(scope, [of(value.arg)], target.host(tableName(value), 1));
    case "select":
      return v128.choose(
        compare(f64x2, value.relation, of(value.left), of(value.right)),
        of(value.chosen),
        of(value.otherwise),
      );
    default:
      throw new Error(`a ${value.kind} is no pair`);
  }
}

const scalarOperators = { "+": f64.add, "-": f64.sub, "*": f64.mul, "/": f64.div } as const;
const pairOperators = { "+": f64x2.add, "-": f64x2.sub, "*": f64x2.mul, "/": f64x2.div } as const;

function compare(
  type: typeof f64 | typeof f64x2,
  relation: "<" | "<=" | "==" | "!=",
  left: Code,
  right: Code,
): Code {
  const operations = { "<": type.lt, "<=": type.le, "==": type.eq, "!=": type.ne };
  return operations[relation](left, right);
}

/** Name of a table's function at the host. */
export function tableName({ table, order }: KernelExpr & { readonly kind: "table" }): string {
  return `table_${table}.${order === 0 ? "evaluate" : "derivative"}`;
}

function placeOf(places: ReadonlyMap<string, number>, name: string): number {
  const place = places.get(name);
  if (place === undefined) throw new Error(`${name} has no place in memory`);
  return place;
}

type Element = KernelExpr & { readonly kind: "element" };

/** The same element of a straight run of code is read once; one that the innermost loop does not change, before it. */
function loadOnce(scope: Scope, value: Element, pair: boolean, load: () => Code): Code {
  const { array, offset } = value;
  const key = `${pair ? "pair " : ""}${array} ${offset.map(({ index, stride }) => `${index}*${stride}+${scope.shifts.get(index) ?? 0}`).join(" ")}`;
  const known = scope.loads.get(key);
  if (known !== undefined) return known.code;
  const { outside, inner } = scope;
  const fixed = outside !== undefined && inner !== undefined && !runsOver(offset, inner);
  const seen = fixed ? outside.known.get(key) : undefined;
  if (seen !== undefined) return seen.code;
  const type = pair ? "v128" : "f64";
  if (fixed) {
    const local = scope.f.local(type);
    outside.code.push([...load(), 0x21, ...localBytes(local)]);
    outside.known.set(key, { code: get(local), pair });
    return get(local);
  }
  const code = scope.f.keep(type, load());
  scope.loads.set(key, { code, pair });
  return code;
}

function localBytes(local: number): Code {
  return get(local).slice(1);
}

function loadPair(target: Target, { array, offset }: Element, scope: Scope): Code {
  const { code, rest } = addressOf(target, array, offset, scope);
  const stride = offset.find(({ index }) => index === scope.pairIndex)?.stride ?? 1;
  if (stride === 1) return v128.load(code, rest);
  return v128.loadSecond(code, rest + 8 * stride, v128.loadSplat(code, rest));
}

/** A value without the pair's index in both lanes, once before the loop where it can be. */
function spread(target: Target, value: KernelExpr, scope: Scope): Code {
  if (value.kind === "number") return hoisted(scope, `number ${value.value}`, () => v128.const(value.value));
  if (value.kind === "parameter") {
    const place = placeOf(target.layout.parameters, value.name);
    return hoisted(scope, `parameter ${value.name}`, () => v128.loadSplat(i32.const(0), 8 * place));
  }
  if (value.kind === "name" && !scope.names.has(value.name)) {
    const place = placeOf(target.layout.scalars, value.name);
    return hoisted(scope, `scalar ${value.name}`, () => v128.loadSplat(i32.const(0), 8 * place));
  }
  if (value.kind === "element") {
    return loadOnce(scope, value, true, () => {
      const { code, rest } = addressOf(target, value.array, value.offset, scope);
      return v128.loadSplat(code, rest);
    });
  }
  return f64x2.splat(scalarCode(target, value, scope));
}

function hoisted({ f, outside }: Scope, key: string, make: () => Code): Code {
  if (outside === undefined) return make();
  const known = outside.known.get(key);
  if (known !== undefined) return known.code;
  const local = f.local("v128");
  outside.code.push([...make(), 0x21, ...localBytes(local)]);
  outside.known.set(key, { code: get(local), pair: true });
  return get(local);
}

type Call = KernelExpr & { readonly kind: "call" };

/** Operations that need no call. */
const nativeScalar: Readonly<Record<string, (args: readonly Code[]) => Code>> = {
  "Math.sqrt": ([x]) => f64.sqrt(x!),
  "Math.abs": ([x]) => f64.abs(x!),
  "Math.max": ([first, ...rest]) => rest.reduce(f64.max, first!),
  "Math.min": ([first, ...rest]) => rest.reduce(f64.min, first!),
};
const nativePair: Readonly<Record<string, (args: readonly Code[]) => Code>> = {
  "Math.sqrt": ([x]) => f64x2.sqrt(x!),
  "Math.abs": ([x]) => f64x2.abs(x!),
  "Math.max": ([first, ...rest]) => rest.reduce(f64x2.max, first!),
  "Math.min": ([first, ...rest]) => rest.reduce(f64x2.min, first!),
};

/** Names in JavaScript of what needs no call. */
export const nativeFunctions: ReadonlySet<string> = new Set(Object.keys(nativePair));

function scalarCall(target: Target, value: Call, scope: Scope): Code {
  const name = target.callee(value.function);
  const args = value.args.map((arg) => scalarCode(target, arg, scope));
  const power = wholePower(value, (base) => scope.f.keep("f64", base), f64, args[0]);
  if (power !== undefined) return power;
  const native = nativeScalar[name];
  if (native !== undefined) return native(args);
  const vector = scope.scalar ? undefined : vectorFunctions.get(name);
  if (vector !== undefined) {
    const pairs = args.map((arg) => scope.f.keep("v128", f64x2.splat(arg)));
    return f64x2.lane(vector(scope.f, { ...target, good: scope.good }, pairs), 0);
  }
  return call(target.host(name, args.length), ...args);
}

function pairCall(target: Target, value: Call, scope: Scope): Code {
  const name = target.callee(value.function);
  const args = value.args.map((arg) => pairCode(target, arg, scope));
  const power = wholePower(value, (base) => scope.f.keep("v128", base), f64x2, args[0]);
  if (power !== undefined) return power;
  const native = nativePair[name];
  if (native !== undefined) return native(args);
  const vector = vectorFunctions.get(name);
  if (vector !== undefined) {
    const kept = args.map((arg) => scope.f.keep("v128", arg));
    return vector(scope.f, { ...target, good: scope.good }, kept);
  }
  return byLanes(scope, args, target.host(name, args.length));
}

/** Calls a function of the host for each lane. */
function byLanes({ f }: Scope, args: readonly Code[], host: number): Code {
  const kept = args.map((arg) => f.keep("v128", arg));
  const lane = (k: 0 | 1): Code => call(host, ...kept.map((arg) => f64x2.lane(arg, k)));
  return f64x2.withLane(f64x2.splat(lane(0)), 1, lane(1));
}

/** x^n by squaring, for the whole n up to 16 that `pow` is called with. */
function wholePower(
  { function: name, args }: Call,
  keep: (value: Code) => Code,
  type: typeof f64 | typeof f64x2,
  base: Code | undefined,
): Code | undefined {
  const exponent = args[1];
  if (name !== "pow" || base === undefined || exponent?.kind !== "number") return undefined;
  const n = exponent.value;
  if (!Number.isInteger(n) || n < 2 || n > 16) return undefined;
  let square = keep(base);
  let result: Code | undefined;
  for (let rest = n; rest > 0; rest >>= 1) {
    if (rest & 1) result = result === undefined ? square : keep(type.mul(result, square));
    if (rest > 1) square = keep(type.mul(square, square));
  }
  return result;
}
