/**
 * Kernel statements as WebAssembly. The innermost loop, or the sums in it, run over pairs of neighbouring indices; rows of
 * a loop of sums are taken several at a time, so that additions do not wait for each other.
 */
import type { KernelExpr, KernelStatement, Offset } from "../kernel/form.ts";
import { parts, walk } from "../stage/dead-stores.ts";
import {
  addressOf,
  isPair,
  type Kept,
  pairCode,
  runsOver,
  type Scope,
  scalarCode,
  type Target,
} from "./expressions.ts";
import { vectorFunctions } from "./functions.ts";
import {
  bothHold,
  type Code,
  f64,
  f64x2,
  get,
  i32,
  repeatWhile,
  set,
  tee,
  v128,
  when,
} from "./instructions.ts";

type Loop = KernelStatement & { readonly kind: "loop" };
type Sum = KernelStatement & { readonly kind: "sum" };

/** At most so many sums run side by side: there are sixteen registers. */
const sideBySide = 9;

export function printStatements(
  target: Target,
  statements: readonly KernelStatement[],
  scopes: readonly Scope[],
): void {
  for (const statement of statements) printStatement(target, statement, scopes);
}

/** One statement for each of the copies of a loop's body that are in step. */
function printStatement(target: Target, statement: KernelStatement, scopes: readonly Scope[]): void {
  switch (statement.kind) {
    case "comment":
      return;
    case "let":
      for (const scope of scopes) scope.names.set(statement.name, keep(target, statement.value, scope));
      return;
    case "assign":
      for (const scope of scopes) {
        const place = target.layout.scalars.get(statement.name);
        if (place === undefined) throw new Error(`${statement.name} has no place in memory`);
        scope.f.append(f64.store(i32.const(0), 8 * place, scalarCode(target, statement.value, scope)));
      }
      return;
    case "store":
      for (const scope of scopes) store(target, statement, scope);
      return;
    case "loop":
      for (const scope of scopes) printChecked(target, statement, scope);
      return;
    case "sum":
      printSum(target, statement, scopes);
  }
}

function keep(target: Target, value: KernelExpr, scope: Scope): Kept {
  const pair = isPair(value, scope);
  const code = pair ? pairCode(target, value, scope) : scalarCode(target, value, scope);
  return { code: scope.f.keep(pair ? "v128" : "f64", code), pair };
}

function store(target: Target, statement: KernelStatement & { readonly kind: "store" }, scope: Scope): void {
  const { array, offset, value } = statement;
  const { code, rest } = addressOf(target, array, offset, scope);
  if (!runsOver(offset, scope.pairIndex)) {
    scope.f.append(f64.store(code, rest, scalarCode(target, value, scope)));
    return;
  }
  const stride = offset.find(({ index }) => index === scope.pairIndex)?.stride ?? 1;
  if (stride === 1) scope.f.append(v128.store(code, rest, pairCode(target, value, scope)));
  else {
    const both = scope.f.keep("v128", pairCode(target, value, scope));
    scope.f.append(v128.storeLane(code, rest, both, 0));
    scope.f.append(v128.storeLane(code, rest + 8 * stride, both, 1));
  }
}

/**
 * A loop that calls functions with a fast way runs as if all arguments were inside its range, and once more without
 * when some was not: a check in each call would cost the fast way its registers.
 */
function printChecked(target: Target, loop: Loop, scope: Scope): void {
  if (scope.scalar || scope.good !== undefined || !callsVectors(target, loop)) {
    printLoop(target, loop, scope);
    return;
  }
  const { f } = scope;
  const good = f.local("v128");
  f.append(set(good, f64x2.eq(v128.const(0), v128.const(0))));
  printLoop(target, loop, { ...scope, good });
  const again = f.aside(() => printLoop(target, loop, { ...scope, loads: new Map(), scalar: true }));
  f.append(when(i32.isZero(bothHold(get(good))), again));
}

function callsVectors({ callee }: Target, loop: Loop): boolean {
  let found = false;
  const see = (value: KernelExpr): void => {
    if (value.kind === "call" && vectorFunctions.has(callee(value.function))) found = true;
    parts(value).forEach(see);
  };
  walk([loop], see);
  return found;
}

function printLoop(target: Target, loop: Loop, scope: Scope): void {
  const { index, size, body } = loop;
  if (scope.scalar) {
    runLoop(loop, 0, size, 1, scope, (inside) => printStatements(target, body, [inside]));
    return;
  }
  if (body.some((one) => one.kind === "loop")) {
    runLoop(loop, 0, size, 1, scope, (inside) => printStatements(target, body, [inside]));
    return;
  }
  const sums = body.filter((one): one is Sum => one.kind === "sum");
  if (inSteps(body, index) || sums.length === 0) {
    overPairs(target, loop, scope, sums);
    return;
  }
  const terms = Math.max(...sums.map((sum) => sum.terms.length));
  rows(target, loop, scope, 1, Math.max(1, Math.floor(sideBySide / terms)));
}

/** Two neighbouring indices at a time, several such pairs in step where there are sums; the last of an odd number alone. */
function overPairs(target: Target, loop: Loop, scope: Scope, sums: readonly Sum[]): void {
  const { size, body } = loop;
  const pairs = Math.floor(size / 2);
  const terms = Math.max(0, ...sums.map((sum) => sum.terms.length));
  const most = terms === 0 ? 1 : Math.max(1, Math.floor(sideBySide / terms));
  rows(target, { ...loop, size: 2 * pairs }, scope, 2, most);
  if (size % 2 === 1) {
    runLoop(loop, size - 1, size, 1, scope, (inside) => printStatements(target, body, [inside]));
  }
}

/** The loop with up to `limit` copies of its body in step, each `width` indices wide. */
function rows(target: Target, loop: Loop, scope: Scope, width: 1 | 2, limit: number): void {
  const { index, size, body } = loop;
  // A function in place needs all registers for itself.
  const most = callsVectors(target, loop) ? 1 : limit;
  const steps = size / width;
  const copies = [...Array(Math.min(most, steps)).keys()].map((i) => Math.min(most, steps) - i);
  const count = copies.find((n) => steps % n === 0 && n * 2 > most) ?? Math.min(most, steps);
  const whole = Math.floor(steps / Math.max(1, count)) * count;
  const part = (from: number, to: number, together: number): void => {
    if (from === to) return;
    runLoop(loop, from * width, to * width, together * width, scope, (inside) => {
      const loads = new Map<string, Kept>();
      const shared = [...Array(together).keys()].map(
        (k): Scope => ({
          ...inside,
          pairIndex: width === 2 ? index : undefined,
          shifts: new Map([...inside.shifts, [index, k * width]]),
          names: new Map(inside.names),
          loads,
        }),
      );
      printStatements(target, body, shared);
    });
  };
  part(0, whole, count);
  part(whole, steps, steps - whole);
}

/** Sums with one accumulator for each term of each copy. */
function printSum(target: Target, sum: Sum, scopes: readonly Scope[]): void {
  const [first] = scopes;
  if (first === undefined) return;
  const inPairs = !first.scalar && first.pairIndex === undefined && sum.size > 3 && sumInSteps(sum);
  const type = first.pairIndex !== undefined || inPairs ? "v128" : "f64";
  const accumulators = scopes.map((scope) => sum.terms.map(() => scope.f.local(type)));
  const zero = type === "v128" ? v128.const(0) : f64.const(0);
  for (const local of accumulators.flat()) first.f.append(set(local, zero));
  const even = inPairs ? sum.size - (sum.size % 2) : sum.size;
  const add =
    (pairIndex: string | undefined, wide: boolean) =>
    (inside: Scope): void => {
      const loads = new Map<string, Kept>();
      const copies = scopes.map(
        (scope): Scope => ({
          ...inside,
          shifts: scope.shifts,
          names: new Map(scope.names),
          loads,
          pairIndex,
        }),
      );
      printStatements(target, sum.body, copies);
      sum.terms.forEach(({ term }, t) => {
        copies.forEach((copy, c) => {
          const local = accumulators[c]![t]!;
          const value = wide ? pairCode(target, term, copy) : scalarCode(target, term, copy);
          copy.f.append(set(local, (wide ? f64x2 : f64).add(get(local), value)));
        });
      });
    };
  const loop = {
    kind: "loop",
    index: sum.index,
    size: sum.size,
    body: [...sum.body, ...termStores(sum)],
  } as const;
  runLoop(loop, 0, even, inPairs ? 2 : 1, first, add(inPairs ? sum.index : first.pairIndex, type === "v128"));
  finishSums(sum, scopes, accumulators, inPairs);
  if (even < sum.size) {
    const lastOf = scopes.map((scope) => new Map(scope.names));
    runLoop(loop, even, sum.size, 1, first, (inside) => {
      const loads = new Map<string, Kept>();
      const copies = scopes.map(
        (scope, c): Scope => ({
          ...inside,
          shifts: scope.shifts,
          names: lastOf[c]!,
          loads,
          pairIndex: undefined,
        }),
      );
      printStatements(target, sum.body, copies);
      sum.terms.forEach(({ name, term }) => {
        copies.forEach((copy, c) => {
          const before = scopes[c]!.names.get(name)!.code;
          const local = copy.f.local("f64");
          copy.f.append(set(local, f64.add(before, scalarCode(target, term, copy))));
          scopes[c]!.names.set(name, { code: get(local), pair: false });
        });
      });
    });
  }
}

/** Binds the names of the sums; the two lanes of a sum over pairs are added. */
function finishSums(
  sum: Sum,
  scopes: readonly Scope[],
  accumulators: readonly (readonly number[])[],
  inPairs: boolean,
): void {
  sum.terms.forEach(({ name }, t) => {
    scopes.forEach((scope, c) => {
      const value = get(accumulators[c]![t]!);
      const pair = scope.pairIndex !== undefined;
      const code = inPairs ? scope.f.keep("f64", f64.add(f64x2.lane(value, 0), f64x2.lane(value, 1))) : value;
      scope.names.set(name, { code, pair });
    });
  });
}

/** The terms of a sum as if they were stored, so that their elements are seen with those of the body. */
function termStores(sum: Sum): readonly KernelStatement[] {
  return sum.terms.map(({ name, term }) => ({ kind: "let", name, value: term }) as const);
}

/** Runs the index from `from` to `to`, `step` at a time; what does not change in it is computed before. */
function runLoop(
  loop: Loop,
  from: number,
  to: number,
  step: number,
  scope: Scope,
  print: (inside: Scope) => void,
): void {
  const { f } = scope;
  const local = f.local("i32");
  const strides = [...stridesOf(loop.body, loop.index)].filter((stride) => stride !== 1);
  const rowLocals = strides.map((stride) => [stride, f.local("i32")] as const);
  const products = new Map<number, Code>([
    [1, get(local)],
    ...rowLocals.map(([s, l]) => [s, get(l)] as const),
  ]);
  const outside: Code[] = [];
  const innermost = !loop.body.some((one) => one.kind === "loop" || one.kind === "sum");
  const body = f.aside(() => {
    for (const [stride, row] of rowLocals) f.append(set(row, i32.mul(get(local), i32.const(stride))));
    print({
      ...scope,
      indices: new Map([...scope.indices, [loop.index, products]]),
      names: new Map(scope.names),
      loads: new Map(),
      outside: innermost ? { f, code: outside, known: new Map() } : undefined,
      inner: innermost ? loop.index : undefined,
    });
  });
  for (const code of outside) f.append(code);
  f.append(set(local, i32.const(8 * from)));
  if (from + step >= to) f.append(body);
  else {
    const next = tee(local, i32.add(get(local), i32.const(8 * step)));
    f.append(repeatWhile([...body, ...i32.lessUnsigned(next, i32.const(8 * to))]));
  }
}

/** Every element that statements read or write. */
function offsetsIn(statements: readonly KernelStatement[]): readonly Offset[] {
  const found: Offset[] = [];
  const see = (value: KernelExpr): void => {
    if (value.kind === "element") found.push(value.offset);
    parts(value).forEach(see);
  };
  const stores = (list: readonly KernelStatement[]): void => {
    for (const statement of list) {
      if (statement.kind === "store") found.push(statement.offset);
      if ("body" in statement) stores(statement.body);
    }
  };
  walk(statements, see);
  stores(statements);
  return found;
}

function stridesOf(statements: readonly KernelStatement[], index: string): ReadonlySet<number> {
  const terms = offsetsIn(statements).flat();
  return new Set(terms.filter((term) => term.index === index).map(({ stride }) => stride));
}

/** Whether neighbouring indices are neighbours in memory, in all that the statements touch. */
function inSteps(statements: readonly KernelStatement[], index: string): boolean {
  return [...stridesOf(statements, index)].every((stride) => stride === 1);
}

function sumInSteps(sum: Sum): boolean {
  return inSteps([...sum.body, ...termStores(sum)], sum.index) && !sum.body.some((one) => one.kind === "sum");
}
