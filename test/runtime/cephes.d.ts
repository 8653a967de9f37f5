/** The part of cephes that the tests use: its own declarations are not reachable through its `exports`. */
declare module "cephes" {
  /** Resolves when the WebAssembly is compiled; the functions fail before. */
  export const compiled: Promise<unknown>;
  export function erf(x: number): number;
  export function erfc(x: number): number;
  export function lgam(x: number): number;
  export function psi(x: number): number;
  export function igam(a: number, x: number): number;
  export function igamc(a: number, x: number): number;
}
