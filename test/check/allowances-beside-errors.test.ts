import { expect, test } from "vitest";
import { checkedText } from "./corpus.ts";

test("beside an error no allowance is said to be idle: what it is for may be hidden by it", () => {
  const allowed = "// allow unit-form-factor: a point\nconstant A = 1\n";
  const codes = (text: string) => checkedText(text).diagnostics.map(({ code }) => code);
  expect(codes(`sevens 1\n${allowed}`)).toEqual(["SV1115"]);
  expect(codes(`sevens 1\n${allowed}constant B = 1 MeV + 1 kg*m\n`)).not.toContain("SV1115");
});
