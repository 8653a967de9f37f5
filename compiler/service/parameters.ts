/** Parameters as an analysis names them: each of a family by its index, and in a role of its own. */
import type { Statement } from "../../grammar/syntax.ts";
import { keysOf } from "../elaborate/parameters.ts";
import type { StatementDescription } from "../kinds/index.ts";
import { namesIn } from "../lower/model-sum.ts";
import { textOf } from "../lower/parameter-findings.ts";
import type { Completion } from "./completion.ts";
import type { HeadForm } from "./context.ts";
import { fieldItem } from "./items.ts";
import { nameOf } from "./names.ts";
import {
  declarationAround,
  declarationNamed,
  expanded,
  fieldsIn,
  ownersOfParameters,
  type Place,
  parameterNamed,
  parametersIn,
  statementsAround,
} from "./scope.ts";

/** A parameter with its name behind the dot: `eps[e, mu]`. */
interface Member {
  readonly name: string;
  /** What stands before the dot, where that is to be written. */
  readonly owner?: string;
  readonly field: Statement;
}

/** All that a field declares: of a family one for each index. */
const membersOf = (field: Statement): readonly Member[] =>
  keysOf(field).map((key) => {
    const name = nameOf(field) ?? "";
    return { name: key === "" ? name : `${name}[${key.replace(",", ", ")}]`, field };
  });

/** Names of the experiments that the analysis at hand has; undefined where it does not say. */
function experimentsAround(place: Place): readonly string[] | undefined {
  const fields = fieldsIn(statementsAround(place)[0]);
  const joined = fields.find(({ keyword }) => keyword.text === "experiments")?.assign?.value;
  return joined && namesIn(joined);
}

/** Parameters of a declaration; the errors of an experiment only where it is one of those at hand. */
function membersIn(statement: Statement, experiments: readonly string[] | undefined): readonly Member[] {
  const isOther =
    statement.keyword.text === "experiment" && experiments?.includes(nameOf(statement) ?? "") === false;
  return parametersIn(statement)
    .filter(({ keyword }) => !isOther || keyword.text === "parameter")
    .flatMap(membersOf);
}

/** Parameters of all that is read, by owner and name. */
export const parameterItems = (place: Place): readonly Completion[] => ownedMembers(place).map(itemOf);

function ownedMembers(place: Place): readonly Member[] {
  const experiments = experimentsAround(place);
  return [...ownersOfParameters(place.modules)].flatMap(([owner, statement]) =>
    membersIn(expanded(place.modules, statement), experiments).map((one) => ({ ...one, owner })),
  );
}

const itemOf = ({ owner, name, field }: Member): Completion =>
  fieldItem(field, owner === undefined ? name : `${owner}.${name}`);

/** Parameters of what stands before a dot. */
export function memberItems(place: Place, owner: readonly string[]): readonly Completion[] {
  return membersBehind(place, owner).map(itemOf);
}

function membersBehind(place: Place, [name, ...more]: readonly string[]): readonly Member[] {
  const statement = name === undefined || more.length > 0 ? undefined : declarationNamed(place.modules, name);
  return statement === undefined ? [] : membersIn(statement, experimentsAround(place));
}

/** The fields that the parameters of the analysis itself may have: they are free, and tied to. */
const ofOwn: ReadonlySet<string> = new Set(["fix", "profile"]);

/**
 * What `free`, `fix`, `tie` or `profile` may name: parameters that no other one of them names. Those that the base of
 * the analysis names come first.
 */
export function targetItems(
  place: Place,
  { keyword }: StatementDescription,
  owner: readonly string[],
): readonly Completion[] {
  const taken = namesTaken(place, declarationAround(place));
  const inherited = namesTaken(place, statementsAround(place)[0]);
  const among = (members: readonly Member[], of?: string): readonly Completion[] => {
    const left = members.filter(
      ({ name, owner: own = of, field }) => isFree(taken, own, name) && fits(keyword, field),
    );
    const isNew = ({ name, owner: own = of }: Member): boolean => isFree(inherited, own, name);
    return [...left.filter((one) => !isNew(one)), ...left.filter(isNew)].map(itemOf);
  };
  if (owner.length > 0) return among(membersBehind(place, owner), owner[0]);
  const own = ofOwn.has(keyword) ? ownParameters(place).flatMap(membersOf) : [];
  return among([...own, ...ownedMembers(place)]);
}

const ownParameters = (place: Place): readonly Statement[] =>
  fieldsIn(statementsAround(place)[0]).filter(({ keyword }) => keyword.text === "parameter");

/** `profile` is for what has an error; what is no parameter of its own is one. */
const fits = (role: string, { keyword, assign }: Statement): boolean =>
  role !== "profile" || keyword.text !== "parameter" || assign?.value.kind === "uncertain";

/** Flavours with which the index of a parameter goes on, to one without a role; undefined where nothing is known of it. */
export function flavorsOfTarget(place: Place, { label, index }: HeadForm): ReadonlySet<string> | undefined {
  const family = parameterNamed(place, label);
  if (family === undefined) return undefined;
  const taken = namesTaken(place, declarationAround(place));
  const [owner, name = ""] = label.length > 1 ? label : [undefined, label[0]];
  const given = index.slice(0, -1);
  const keys = keysOf(family)
    .filter((key) => isFree(taken, owner, `${name}[${key}]`))
    .map((key) => key.split(","));
  const fitting = keys.filter((key) => given.every((one, i) => key[i] === one));
  return new Set(fitting.flatMap((key) => key[given.length] || []));
}

/** Names of parameters as other statements of the analysis have them, by owner or short. */
interface Taken {
  readonly names: ReadonlySet<string>;
  /** Short names that mean parameters of the analysis itself. */
  readonly own: ReadonlySet<string>;
}

/** Whether no statement names a parameter; one without owner is that of the analysis. */
function isFree({ names, own }: Taken, owner: string | undefined, name: string): boolean {
  const short = name.replace(" ", "");
  if (owner !== undefined && names.has(`${owner}.${short}`)) return false;
  return !names.has(short) || (owner !== undefined && own.has(short));
}

/** What the other statements of an analysis name that have a parameter: each has one of them at most. */
function namesTaken(place: Place, analysis: Statement | undefined): Taken {
  const fields = place.outer[0]?.description?.block?.fields ?? [];
  const roles = new Set(fields.filter(({ label }) => label.kind === "parameter").map((one) => one.keyword));
  const here = place.open.words[0]?.start;
  const others = fieldsIn(analysis).filter(
    ({ keyword: { text, span } }) => roles.has(text) && span.start !== here,
  );
  const own = ownParameters(place).flatMap(membersOf);
  return {
    names: new Set(others.map(textOf)),
    own: new Set(own.map(({ name }) => name.replace(" ", ""))),
  };
}
