/** Dirac matrices, squared amplitudes and four-fermion operators by explicit components: no trace theorem, no Fierz table. */

export interface Complex {
  readonly re: number;
  readonly im: number;
}

export type Matrix = readonly (readonly Complex[])[];

const complex = (re: number, im = 0): Complex => ({ re, im });
const zero = complex(0);
const one = complex(1);
const i = complex(0, 1);
const plus = (a: Complex, b: Complex): Complex => complex(a.re + b.re, a.im + b.im);
const times = (a: Complex, b: Complex): Complex =>
  complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
const conjugate = (a: Complex): Complex => complex(a.re, -a.im);

const indices = [0, 1, 2, 3] as const;
const at = (matrix: Matrix, row: number, column: number): Complex => matrix[row]?.[column] ?? zero;
const build = (entry: (row: number, column: number) => Complex): Matrix =>
  indices.map((row) => indices.map((column) => entry(row, column)));

export const scale = (factor: Complex | number, matrix: Matrix): Matrix =>
  build((r, c) => times(typeof factor === "number" ? complex(factor) : factor, at(matrix, r, c)));
export const add = (...matrices: readonly Matrix[]): Matrix =>
  build((r, c) => matrices.reduce((total, matrix) => plus(total, at(matrix, r, c)), zero));
export const multiply = (...matrices: readonly Matrix[]): Matrix =>
  matrices.reduce((a, b) =>
    build((r, c) => indices.reduce((total, k) => plus(total, times(at(a, r, k), at(b, k, c))), zero)),
  );
const trace = (matrix: Matrix): Complex => indices.reduce((total, k) => plus(total, at(matrix, k, k)), zero);
const adjoint = (matrix: Matrix): Matrix => build((r, c) => conjugate(at(matrix, c, r)));

const entries = (rows: readonly (readonly (Complex | number)[])[]): Matrix =>
  rows.map((row) => row.map((value) => (typeof value === "number" ? complex(value) : value)));
const minusI = complex(0, -1);

/** gamma^0 .. gamma^3 in the Dirac representation. */
export const gamma: readonly Matrix[] = [
  entries([
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, -1, 0],
    [0, 0, 0, -1],
  ]),
  entries([
    [0, 0, 0, 1],
    [0, 0, 1, 0],
    [0, -1, 0, 0],
    [-1, 0, 0, 0],
  ]),
  entries([
    [0, 0, 0, minusI],
    [0, 0, i, 0],
    [0, i, 0, 0],
    [minusI, 0, 0, 0],
  ]),
  entries([
    [0, 0, 1, 0],
    [0, 0, 0, -1],
    [-1, 0, 0, 0],
    [0, 1, 0, 0],
  ]),
];
export const unit: Matrix = build((r, c) => (r === c ? one : zero));
export const gamma5: Matrix = scale(i, multiply(...gamma));
/** Projectors on left- and right-handed fields. */
export const left: Matrix = scale(0.5, add(unit, scale(-1, gamma5)));
export const right: Matrix = scale(0.5, add(unit, gamma5));
/** C = i gamma^2 gamma^0, with which the charge-conjugate field is made. */
export const charge: Matrix = scale(i, multiply(at4(2), at4(0)));
export const metric: readonly number[] = [1, -1, -1, -1];

function at4(mu: number): Matrix {
  return gamma[mu] ?? unit;
}

/** sigma^{mu nu} = (i/2)[gamma^mu, gamma^nu]. */
export const sigma = (mu: number, nu: number): Matrix =>
  scale(complex(0, 0.5), add(multiply(at4(mu), at4(nu)), scale(-1, multiply(at4(nu), at4(mu)))));

type Momentum = readonly number[];
const slash = (p: Momentum): Matrix =>
  add(...gamma.map((one, mu) => scale((p[mu] ?? 0) * (metric[mu] ?? 0), one)));
const bar = (matrix: Matrix): Matrix => multiply(at4(0), adjoint(matrix), at4(0));

/** One term of a contact interaction: (nubar neutrino nu)(Psibar nucleus Psi). */
export interface Vertex {
  readonly neutrino: Matrix;
  readonly nucleus: Matrix;
}

/** dsigma/dT of left-handed neutrinos, or of their antineutrinos, on a nucleus of spin 1/2 for L = sum of the vertices. */
export function contactCrossSection(
  vertices: readonly Vertex[],
  E: number,
  T: number,
  M: number,
  anti = false,
): number {
  const out = E - T;
  const cosine = 1 - (M * T) / (E * out);
  const k: Momentum = [E, 0, 0, E];
  const kOut: Momentum = [out, out * Math.sqrt(1 - cosine ** 2), 0, out * cosine];
  const p: Momentum = [M, 0, 0, 0];
  const pOut = p.map((value, mu) => value + (k[mu] ?? 0) - (kOut[mu] ?? 0));
  const [first, second] = anti ? [k, kOut] : [kOut, k];
  const dressed = vertices.map(({ neutrino, nucleus }) => ({ neutrino: multiply(neutrino, left), nucleus }));
  let squared = 0;
  for (const a of dressed) {
    for (const b of dressed) {
      const lepton = trace(multiply(slash(first), a.neutrino, slash(second), bar(b.neutrino)));
      const mass = scale(M, unit);
      const heavy = multiply(add(slash(pOut), mass), a.nucleus, add(slash(p), mass), bar(b.nucleus));
      squared += times(lepton, trace(heavy)).re;
    }
  }
  return squared / 2 / (32 * Math.PI * M * E ** 2);
}

/** A field of two particles: their spinors, and the bits of the occupied states in a Fock state. */
export interface Field {
  readonly modes: readonly { readonly bit: number; readonly spinor: readonly Complex[] }[];
}

/** Amplitudes of Fock states, which are sets of bits. */
type State = ReadonlyMap<number, Complex>;

function ladder(
  state: State,
  bit: number,
  create: boolean,
  factor: Complex,
  into: Map<number, Complex>,
): void {
  for (const [bits, amplitude] of state) {
    const occupied = (bits & (1 << bit)) !== 0;
    if (occupied === create) continue;
    let before = 0;
    for (let lower = 0; lower < bit; lower++) before += (bits >> lower) & 1;
    const value = times(amplitude, times(factor, complex(before % 2 === 0 ? 1 : -1)));
    const result = bits ^ (1 << bit);
    into.set(result, plus(into.get(result) ?? zero, value));
  }
}

/** Component a of the field, or of its hermitian conjugate, applied to a state. */
function apply(field: Field, a: number, dagger: boolean, state: State, factor: Complex): State {
  const into = new Map<number, Complex>();
  for (const { bit, spinor } of field.modes) {
    const component = spinor[a] ?? zero;
    ladder(state, bit, dagger, times(factor, dagger ? conjugate(component) : component), into);
  }
  return into;
}

/** x^(T or dagger) matrix y applied to a state, as sum over components. */
export interface Bilinear {
  readonly x: Field;
  readonly xDagger: boolean;
  readonly matrix: Matrix;
  readonly y: Field;
  readonly yDagger: boolean;
}

function applyBilinear({ x, xDagger, matrix, y, yDagger }: Bilinear, state: State): State {
  const total = new Map<number, Complex>();
  for (const a of indices) {
    for (const b of indices) {
      const inner = apply(y, b, yDagger, state, at(matrix, a, b));
      for (const [bits, value] of apply(x, a, xDagger, inner, one)) {
        total.set(bits, plus(total.get(bits) ?? zero, value));
      }
    }
  }
  return total;
}

/** The hermitian conjugate of a bilinear. */
export const hermitian = ({ x, xDagger, matrix, y, yDagger }: Bilinear): Bilinear => ({
  x: y,
  xDagger: !yDagger,
  matrix: adjoint(matrix),
  y: x,
  yDagger: !xDagger,
});

/** psibar matrix chi. */
export const dirac = (x: Field, matrix: Matrix, y: Field): Bilinear => ({
  x,
  xDagger: true,
  matrix: multiply(at4(0), matrix),
  y,
  yDagger: false,
});

/** Amplitude of a product of bilinears, the last of which acts first, between two Fock states. */
export function amplitude(to: number, factors: readonly Bilinear[], from: number): Complex {
  const initial: State = new Map([[from, one]]);
  const final = [...factors].reverse().reduce((state, factor) => applyBilinear(factor, state), initial);
  return final.get(to) ?? zero;
}
