/** The digest of pyhf: SHA-256 of what Python's `json.dumps(…, sort_keys=True)` makes of a workspace. */

/** The text of a JSON value as Python writes it after reading ours: whole literals are integers there, others floats. */
export function pythonJson(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return pythonNumber(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  const fields = Object.entries(value as object).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}: ${pythonJson(field)}`).join(", ")}}`;
}

/** Shortest digits that read back as the number, in Python's choice of notation: exponents below −4 and from 16 on. */
export function pythonNumber(value: number): string {
  const literal = JSON.stringify(value);
  if (!/[.e]/.test(literal)) return literal;
  const [, sign = "", first = "", rest = "", power = "0"] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential()) ?? [];
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const digits = rest === "" ? first : `${first}.${rest}`;
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${sign}${digits}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  return /e/.test(literal) ? `${sign}${fixed(first + rest, exponent)}` : literal;
}

function fixed(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${whole}.${digits.slice(exponent + 1) || "0"}`;
}
