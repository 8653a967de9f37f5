import { args, atMostOne, block, field, formula, kind, name } from "./build.ts";
import { arrival, input, letField, parameter } from "./common.ts";

const recoil = name("T", "energy_nr", "kinetic energy of the recoiling nucleus");
const electronRecoil = name("T", "energy_ee", "kinetic energy of the recoiling electron");
const reading = name("x", "observable", "the observable");

const observable = field(
  "observable",
  "Something measured for each event, in its unit. Without density and value the detector only names it: an " +
    "experiment that bins it gives the shape of the signal.",
  {
    label: { kind: "name", meaning: "name of the observable" },
    annotation: { kind: "unit", required: true },
    block: block(
      [
        field(
          "density",
          "Probability density of the observable: `density(x | T)` given the recoil energy, or `density(x)`.",
          {
            params: { kind: "arguments", names: [reading], given: [recoil] },
            value: formula("1/observable", "strict", [arrival]),
            clauses: ["where", "for"],
          },
        ),
        field("value", "The observable as a function of the recoil energy, without smearing.", {
          params: args(recoil),
          value: formula("observable", "strict", [arrival]),
          clauses: ["where"],
        }),
        field(
          "density_e",
          "Probability density of the observable for an electron of kinetic energy T, which is not quenched.",
          {
            params: { kind: "arguments", names: [reading], given: [electronRecoil] },
            value: formula("1/observable", "strict", [arrival]),
            clauses: ["where", "for"],
          },
        ),
        field("value_e", "The observable as a function of the energy of an electron, without smearing.", {
          params: args(electronRecoil),
          value: formula("observable", "strict", [arrival]),
          clauses: ["where"],
        }),
        field("efficiency", "Fraction of the events that is kept at this value of the observable.", {
          params: args(reading),
          value: formula("number", "strict", [arrival]),
          clauses: ["where", "for"],
          default: "1",
        }),
        letField("strict", [arrival]),
      ],
      {
        choices: [atMostOne(["density"], ["value"]), atMostOne(["density_e"], ["value_e"])],
        context: [arrival],
      },
    ),
    repeatable: true,
  },
);

export const detector = kind({
  keyword: "detector",
  doc: "What turns recoils into observables: targets, quenching, light yield, smearing and efficiencies.",
  block: block(
    [
      field("target", "Mass of one target material.", {
        label: { kind: "reference", to: ["material", "nucleus"] },
        value: formula("mass", "strict"),
        required: true,
        sample: { text: "target CsI = 1 kg", uses: { module: "materials", name: "CsI" } },
        repeatable: true,
      }),
      parameter,
      letField("strict", [arrival]),
      input,
      field("efficiency", "Fraction of the recoils of energy T that is seen at all.", {
        params: args(recoil),
        value: formula("number", "strict"),
        clauses: ["where", "for"],
        default: "1",
      }),
      field("efficiency_e", "Fraction of the electrons of kinetic energy T that is seen at all.", {
        params: args(electronRecoil),
        value: formula("number", "strict"),
        clauses: ["where", "for"],
        default: "1",
      }),
      observable,
    ],
    { context: [arrival] },
  ),
  example: `sevens 1
use materials { CsI }

/// Photoelectrons without smearing.
detector Simple {
  target CsI = 10 kg
  observable pe: PE {
    value(T) = 1.2 PE/keVnr * T
    efficiency(n) = if n < 8 PE then 0 else 0.9
  }
}
`,
});
