/** What a mediator adds, as the language defines it, with the charges of its table put in. */
import type { Expr, MapExpr, Statement } from "../../grammar/syntax.ts";
import { labelOf } from "../model/model.ts";
import { formatRational, type Rational, rational } from "../units/index.ts";
import { latexOf } from "./expression.ts";
import type { Formula } from "./formulas.ts";
import type { Names } from "./names.ts";

/** The contributions of mediators to scattering on nuclei, and on electrons where they have a charge. */
export function mediatorFormulas(mediators: readonly Statement[], names: Names): readonly Formula[] {
  return mediators.flatMap((statement) => {
    const inner = statement.block?.statements ?? [];
    const value = (keyword: string): Expr | undefined =>
      inner.find((one) => one.keyword.text === keyword)?.assign?.value;
    const [mass, coupling, table] = [value("mass"), value("coupling"), value("charges")];
    if (mass === undefined || coupling === undefined || table?.kind !== "map") return [];
    const scalar = statement.type?.kind === "path" && statement.type.parts[0]?.text === "scalar";
    const parts: Parts = {
      mass: squared(mass, names),
      coupling: (power, behind) =>
        isOne(coupling)
          ? behind || "1"
          : `${raised(coupling, power, names)}${behind === "" ? "" : `\\,${behind}`}`,
      charge: chargesOf(table, names),
      name: labelOf(statement),
    };
    return (scalar ? scalarFormulas : vectorFormulas)(parts).map((latex) => ({ latex, cites: [] }));
  });
}

interface Parts {
  readonly mass: string;
  /** A power of the coupling, and what stands behind it. */
  readonly coupling: (power: number, behind: string) => string;
  readonly charge: Charges;
  readonly name: string;
}

/** Charges by their most specific key. */
type Charges = (...keys: readonly string[]) => Charge | undefined;

interface Charge {
  readonly latex: string;
  /** Absent for what is no plain number. */
  readonly number?: Rational;
}

const zero: Charge = { latex: "0", number: rational(0) };

function chargesOf({ entries }: MapExpr, names: Names): Charges {
  const found = new Map(
    entries.map(({ key, value }): [string, Charge] => {
      const number = numberIn(value);
      return [key.text, { latex: latexOf(value, names), ...(number === undefined ? {} : { number }) }];
    }),
  );
  return (...keys) => keys.map((key) => found.get(key)).find((one) => one !== undefined);
}

/** `-3`, `1/3`, `17.3`. */
function numberIn(e: Expr): Rational | undefined {
  if (e.kind === "number" && e.unit === undefined && !e.percent && /^\d+$/.test(e.text))
    return rational(Number(e.text));
  if (e.kind === "unary" && e.operator === "-") {
    const inner = numberIn(e.operand);
    return inner === undefined ? undefined : rational(-inner.num, inner.den);
  }
  if (e.kind !== "binary" || e.operator !== "/") return undefined;
  const [over, under] = [numberIn(e.left), numberIn(e.right)];
  if (over === undefined || under === undefined || under.num === 0) return undefined;
  return rational(over.num * under.den, over.den * under.num);
}

function vectorFormulas({ mass, coupling, charge }: Parts): readonly string[] {
  const proton =
    charge("p") ??
    combined([
      [2, charge("u", "quarks")],
      [1, charge("d", "quarks")],
    ]);
  const neutron =
    charge("n") ??
    combined([
      [1, charge("u", "quarks")],
      [2, charge("d", "quarks")],
    ]);
  const strength = `\\frac{${coupling(2, "")}}{\\sqrt{2}\\,G_F\\left(q^{2} + ${mass}\\right)}`;
  const bracket = nuclearSum([
    [proton, "Z\\,F_p(q)"],
    [neutron, "N\\,F_n(q)"],
  ]);
  const electron = charge("e", "leptons");
  return [
    ...(bracket === undefined
      ? []
      : [`Q_{\\ell} \\mathrel{+}= ${strength}\\,Q'_{\\nu_\\ell}\\left[${bracket}\\right]`]),
    ...(electron === undefined || isZero(electron)
      ? []
      : [`g_{V,\\ell}^{e} \\mathrel{+}= ${strength}\\,Q'_{\\nu_\\ell}\\,Q'_{e}`]),
  ];
}

function scalarFormulas({ mass, coupling, charge, name }: Parts): readonly string[] {
  const electron = charge("e", "leptons");
  const total = name === "" ? "Q_\\phi" : `Q_{${/^[A-Za-z]$/.test(name) ? name : "\\phi"}}`;
  const strength = (target: string): string =>
    `\\frac{${target}^{2}\\,T}{4\\pi\\,E^{2}}\\,\\frac{${coupling(4, "Q_{\\nu_\\ell}'^{2}")}`;
  const under = `}{\\left(q^{2} + ${mass}\\right)^{2}}`;
  const bracket = nuclearSum([
    [nucleon(charge, "p"), "Z\\,F_p(q)"],
    [nucleon(charge, "n"), "N\\,F_n(q)"],
  ]);
  return [
    ...(bracket === undefined
      ? []
      : [
          `\\frac{\\mathrm{d}\\sigma_{\\ell}}{\\mathrm{d}T} \\mathrel{+}= ${strength("M")}\\,${total}^{2}${under}`,
          `${total} = ${bracket}`,
        ]),
    ...(electron === undefined || isZero(electron)
      ? []
      : [
          `\\frac{\\mathrm{d}\\sigma_{e,\\ell}}{\\mathrm{d}T} \\mathrel{+}= Z_{\\mathrm{eff}}(T)\\,${strength("m_e")}\\,Q_{e}'^{2}${under}`,
        ]),
  ];
}

/** The scalar charge of a nucleon: its own, or that of the quarks in it. */
function nucleon(charge: Charges, key: "p" | "n"): Charge {
  const own = charge(key);
  if (own !== undefined) return own;
  const terms = ["u", "d", "s"].flatMap((quark) => {
    const value = charge(quark, "quarks");
    if (value === undefined || isZero(value)) return [];
    const one = value.number?.num === value.number?.den && value.number !== undefined;
    return [`${one ? "" : `${inProduct(value)}\\,`}\\frac{m_${key}\\,f_{T${quark}}^{${key}}}{m_${quark}}`];
  });
  return terms.length === 0 ? zero : { latex: terms.join(" + ") };
}

/** 2 Q'_u + Q'_d, as a number when both are. */
function combined(terms: readonly (readonly [times: number, charge: Charge | undefined])[]): Charge {
  const present = terms.map(([times, charge]) => [times, charge ?? zero] as const);
  const numbers = present.flatMap(([times, { number }]) =>
    number === undefined ? [] : [rational(times * number.num, number.den)],
  );
  if (numbers.length === present.length) {
    const sum = numbers.reduce((a, b) => rational(a.num * b.den + b.num * a.den, a.den * b.den));
    return { latex: rationalText(sum), number: sum };
  }
  const shown = present.filter(([, charge]) => !isZero(charge));
  return {
    latex: shown
      .map(([times, charge]) => (times === 1 ? bracketed(charge) : `${times}\\,${inProduct(charge)}`))
      .join(" + "),
  };
}

function rationalText(value: Rational): string {
  const [over = "", under] = formatRational(value).replace("-", "").split("/");
  const size = under === undefined ? over : `\\frac{${over}}{${under}}`;
  return value.num < 0 ? `-${size}` : size;
}

const isZero = ({ number }: Charge): boolean => number?.num === 0;

/** A charge that is a sum or has a sign, in parentheses. */
const inProduct = ({ latex }: Charge): string => (/^-|[+-] /.test(latex) ? `\\left(${latex}\\right)` : latex);

const bracketed = inProduct;

/** Charge times what it multiplies, added up; undefined when nothing is left. */
function nuclearSum(terms: readonly (readonly [charge: Charge, factor: string])[]): string | undefined {
  const shown = terms.filter(([charge]) => !isZero(charge));
  if (shown.length === 0) return undefined;
  const [first = "", ...rest] = shown.map(([charge, factor]) => {
    const { number } = charge;
    if (number?.num === number?.den && number !== undefined) return factor;
    if (number?.num === -(number?.den ?? 0)) return `-${factor}`;
    return `${number === undefined ? inProduct(charge) : charge.latex}\\,${factor}`;
  });
  return rest.reduce(
    (sum, term) => `${sum} ${term.startsWith("-") ? `- ${term.slice(1)}` : `+ ${term}`}`,
    first,
  );
}

const isOne = (e: Expr): boolean => e.kind === "number" && e.text === "1" && e.unit === undefined;

function squared(mass: Expr, names: Names): string {
  return raised(mass, 2, names);
}

function raised(e: Expr, power: number, names: Names): string {
  const { span } = e;
  const exponent: Expr = { kind: "number", text: `${power}`, percent: false, span };
  return latexOf({ kind: "binary", operator: "^", left: e, right: exponent, span }, names);
}
