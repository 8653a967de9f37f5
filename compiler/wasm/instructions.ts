/**
 * Instructions of WebAssembly with SIMD, each as its bytes
 * (WebAssembly Core Specification 2.0, https://webassembly.github.io/spec/core/binary/instructions.html).
 * An expression leaves one value on the stack; it is built from those of its operands.
 */

export type Code = readonly number[];

export const valueTypes = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof valueTypes;

/** LEB128 of a whole number >= 0. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return bytes;
}

/** LEB128 of a whole number of 32 bits with sign. */
export function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

function doubleBytes(value: number): Code {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return [...bytes];
}

const simd = (opcode: number): Code => [0xfd, ...unsigned(opcode)];
/** Alignment (a power of 2, only a hint) and constant offset of an access. */
const at = (align: number, offset: number): Code => [align, ...unsigned(offset)];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
export const tee = (local: number, value: Code): Code => [...value, 0x22, ...unsigned(local)];
export const call = (index: number, ...args: readonly Code[]): Code => [
  ...args.flat(),
  0x10,
  ...unsigned(index),
];
/** `body` ends with a condition; it runs again while that holds. */
export const repeatWhile = (body: Code): Code => [0x03, 0x40, ...body, 0x0d, 0x00, 0x0b];
export const when = (condition: Code, then: Code): Code => [...condition, 0x04, 0x40, ...then, 0x0b];
export const ifElse = (type: ValueType, condition: Code, then: Code, otherwise: Code): Code => [
  ...condition,
  0x04,
  valueTypes[type],
  ...then,
  0x05,
  ...otherwise,
  0x0b,
];
export const select = (condition: Code, then: Code, otherwise: Code): Code => [
  ...then,
  ...otherwise,
  ...condition,
  0x1b,
];

const binary =
  (...opcode: readonly number[]) =>
  (left: Code, right: Code): Code => [...left, ...right, ...opcode];
const unary =
  (...opcode: readonly number[]) =>
  (operand: Code): Code => [...operand, ...opcode];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  load: (address: Code, offset: number): Code => [...address, 0x28, ...at(2, offset)],
  add: binary(0x6a),
  mul: binary(0x6c),
  and: binary(0x71),
  or: binary(0x72),
  lessUnsigned: binary(0x49),
  isZero: unary(0x45),
} as const;

export const f64 = {
  const: (value: number): Code => [0x44, ...doubleBytes(value)],
  load: (address: Code, offset: number): Code => [...address, 0x2b, ...at(3, offset)],
  store: (address: Code, offset: number, value: Code): Code => [...address, ...value, 0x39, ...at(3, offset)],
  add: binary(0xa0),
  sub: binary(0xa1),
  mul: binary(0xa2),
  div: binary(0xa3),
  min: binary(0xa4),
  max: binary(0xa5),
  abs: unary(0x99),
  neg: unary(0x9a),
  sqrt: unary(0x9f),
  eq: binary(0x61),
  ne: binary(0x62),
  lt: binary(0x63),
  le: binary(0x65),
} as const;

/** Two doubles at once. Comparisons give lanes of all ones or all zeros. */
export const f64x2 = {
  splat: unary(...simd(0x14)),
  lane: (value: Code, lane: 0 | 1): Code => [...value, ...simd(0x21), lane],
  withLane: (value: Code, lane: 0 | 1, element: Code): Code => [...value, ...element, ...simd(0x22), lane],
  add: binary(...simd(0xf0)),
  sub: binary(...simd(0xf1)),
  mul: binary(...simd(0xf2)),
  div: binary(...simd(0xf3)),
  min: binary(...simd(0xf4)),
  max: binary(...simd(0xf5)),
  /** The larger one where neither is NaN; one instruction, unlike `max`. */
  larger: binary(...simd(0xf7)),
  abs: unary(...simd(0xec)),
  neg: unary(...simd(0xed)),
  sqrt: unary(...simd(0xef)),
  eq: binary(...simd(0x47)),
  ne: binary(...simd(0x48)),
  lt: binary(...simd(0x49)),
  le: binary(...simd(0x4b)),
} as const;

/** Two 64-bit integers at once, also as the bits of two doubles. */
export const i64x2 = {
  add: binary(...simd(0xce)),
  sub: binary(...simd(0xd1)),
  shiftLeft: (value: Code, bits: number): Code => [...value, ...i32.const(bits), ...simd(0xcb)],
  shiftRight: (value: Code, bits: number): Code => [...value, ...i32.const(bits), ...simd(0xcc)],
} as const;

/** Whether both lanes of a comparison hold. */
export const bothHold = (mask: Code): Code => [...mask, ...simd(0xc4), ...i32.const(3), 0x46];

/** The signed upper halves of two 64-bit integers as doubles. */
export const upperHalves = (value: Code): Code => [
  ...value,
  ...value,
  ...simd(0x0d),
  ...[4, 5, 6, 7, 12, 13, 14, 15, 4, 5, 6, 7, 12, 13, 14, 15],
  ...simd(0xfe),
];

export const v128 = {
  /** The same double in both lanes. */
  const: (value: number): Code => [...simd(0x0c), ...doubleBytes(value), ...doubleBytes(value)],
  load: (address: Code, offset: number): Code => [...address, ...simd(0x00), ...at(3, offset)],
  loadSplat: (address: Code, offset: number): Code => [...address, ...simd(0x0a), ...at(3, offset)],
  /** The second lane from memory, the first one kept. */
  loadSecond: (address: Code, offset: number, value: Code): Code => [
    ...address,
    ...value,
    ...simd(0x57),
    ...at(3, offset),
    1,
  ],
  store: (address: Code, offset: number, value: Code): Code => [
    ...address,
    ...value,
    ...simd(0x0b),
    ...at(3, offset),
  ],
  storeLane: (address: Code, offset: number, value: Code, lane: 0 | 1): Code => [
    ...address,
    ...value,
    ...simd(0x5b),
    ...at(3, offset),
    lane,
  ],
  and: binary(...simd(0x4e)),
  or: binary(...simd(0x50)),
  xor: binary(...simd(0x51)),
  /** Bits of `then` where the mask has ones, else of `otherwise`. */
  choose: (mask: Code, then: Code, otherwise: Code): Code => [...then, ...otherwise, ...mask, ...simd(0x52)],
} as const;
