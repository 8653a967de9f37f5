import type { Expr, Span, Statement } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { checkDimension, formula } from "../elaborate/functions.ts";
import { addLets, addParameters, type Library, wordOf } from "../elaborate/library.ts";
import { numberOf, type Parameter, reportOutside } from "../elaborate/parameters.ts";
import { type Binding, type QuantityValue, quantity } from "../elaborate/value.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import { type ConstraintForm, constraintsOf } from "./constraints.ts";
import { type ExperimentForm, labelOf, lowerExperiment } from "./experiment.ts";
import { type Kinematics, kinematicsOf } from "./interaction.ts";
import { intervalsOf } from "./intervals.ts";
import { experimentKey, KnownExperiments } from "./known-experiments.ts";
import { experimentNuisances } from "./nuisances.ts";
import { ambiguous, textOf, unconstrained } from "./parameter-findings.ts";
import { recoilsOf } from "./response.ts";
import { byShortName, shortName } from "./short-names.ts";

export type Role = "free" | "nuisance" | "fixed";

/** A parameter as an analysis uses it. */
export interface AnalysisParameter {
  readonly parameter: Parameter;
  /** The name for people: short where the analysis names it so. */
  readonly name: string;
  readonly role: Role;
  /** Internal units. */
  readonly value: number;
  readonly range: readonly [number, number];
  readonly log: boolean;
}

/** An analysis in the rate form: symbolic counts of every experiment, and what is fitted. */
export interface AnalysisForm {
  readonly name: string;
  readonly experiments: readonly ExperimentForm[];
  /** Those that enter the counts or constraints. */
  readonly parameters: readonly AnalysisParameter[];
  readonly constraints: readonly ConstraintForm[];
  readonly intervals: readonly number[];
  readonly asimov: boolean;
}

/** What is analysed: an `analysis`, or experiments with the interactions of the file. */
export interface AnalysisRequest {
  readonly name: string;
  readonly declaration?: Declaration;
  readonly interactions: readonly Declaration[];
  readonly experiments: readonly Declaration[];
  /** Experiments of the analysis that are not evaluated: ties and constraints may name their parameters all the same. */
  readonly leftOut?: readonly Declaration[];
  readonly observables?: readonly string[];
  /** How many events can be put in the place of those of the spec, by experiment. */
  readonly places?: Readonly<Record<string, number>>;
  /** New defaults, by full or short name. */
  readonly set?: readonly Setting[];
}

export interface Setting {
  readonly name: string;
  readonly expr: Expr;
}

/** What an analysis does with one parameter. */
interface Use {
  name?: string;
  role?: Role;
  value?: number;
  range?: readonly [number, number];
  log?: boolean;
}

export class AnalysisLowering {
  readonly #library: Library;
  readonly #request: AnalysisRequest;
  readonly #lowered: KnownExperiments;
  readonly #parameters = new Map<string, Parameter>();
  readonly #ties = new Map<string, Statement>();
  readonly #uses = new Map<string, Use>();
  readonly #names = new Map<string, Binding>();
  readonly #site: Site;
  /** Parameters whose ties are being followed. */
  readonly #following = new Set<string>();

  /** `lowered` has what analyses before this one made in the same graph, and takes what this one adds. */
  constructor(library: Library, request: AnalysisRequest, lowered = new KnownExperiments()) {
    this.#library = library;
    this.#request = request;
    this.#lowered = lowered;
    this.#site = { context: library.context, scope: library.globals.with(this.#names), rule: "natural" };
    this.#collect();
    this.#bindNames();
    this.#readStatements();
  }

  /** Every parameter that the analysis can name. */
  get known(): readonly string[] {
    return [...this.#parameters.keys()];
  }

  #collect(): void {
    const { declaration, experiments, leftOut = [] } = this.#request;
    const add = (parameter: Parameter): void => void this.#parameters.set(parameter.name, parameter);
    for (const one of this.#library.model.declarations) {
      if (one.kind !== "analysis") for (const parameter of this.#library.parameters(one)) add(parameter);
    }
    for (const experiment of [...experiments, ...leftOut]) {
      const site = this.#library.inside(experiment, "strict", this.value);
      for (const parameter of experimentNuisances(experiment, site)) {
        add(parameter);
        this.#use(parameter.name).role = "nuisance";
      }
    }
    if (declaration === undefined) return;
    for (const parameter of this.#library.parameters(declaration)) {
      add(parameter);
      const use = this.#use(parameter.name);
      use.name = parameter.name.slice(declaration.name.length + 1);
      use.role = parameter.sigma === undefined ? "free" : "nuisance";
    }
  }

  #use(name: string): Use {
    const known = this.#uses.get(name);
    if (known !== undefined) return known;
    const made: Use = {};
    this.#uses.set(name, made);
    return made;
  }

  /** Formulas of the analysis see every parameter by its full name, and by its short one when no other has it. */
  #bindNames(): void {
    const { declaration } = this.#request;
    const owners = new Map<string, Parameter[]>();
    for (const parameter of this.#parameters.values()) {
      owners.set(parameter.owner, [...(owners.get(parameter.owner) ?? []), parameter]);
      this.#names.set(parameter.name, { kind: "lazy", get: () => this.value(parameter) });
    }
    this.#bindShortNames();
    for (const [owner, parameters] of owners) {
      const families = new Map<string, Binding>();
      addParameters(families, parameters, this.value);
      for (const [name, binding] of families) {
        if (binding.kind === "family") this.#names.set(`${owner}.${name}`, binding);
      }
    }
    if (declaration === undefined) return;
    addParameters(this.#names, this.#library.parameters(declaration), (parameter) => this.value(parameter));
    addLets(this.#names, fieldsOf(declaration, "let"), this.#site);
  }

  #bindShortNames(): void {
    for (const [short, [only, ...others]] of this.#shortNames()) {
      if (only === undefined || others.length > 0 || this.#library.globals.find(short) !== undefined)
        continue;
      this.#names.set(short, { kind: "lazy", get: () => this.value(only) });
    }
  }

  /** A short name is that of an experiment that is left out only if no other has it. */
  #shortNames(): ReadonlyMap<string, readonly Parameter[]> {
    const { experiments, leftOut = [] } = this.#request;
    const among = (analysed: readonly Declaration[]) =>
      byShortName(this.#parameters.values(), this.#library.model, analysed);
    return new Map([...among([...experiments, ...leftOut]), ...among(experiments)]);
  }

  /** The parameter itself, or the formula that it is tied to. */
  readonly value = (parameter: Parameter): QuantityValue => {
    const { name, dimension } = parameter;
    const own = quantity(this.#library.context.graph.parameter(name), dimension);
    const tie = this.#ties.get(name);
    if (tie === undefined) return own;
    if (this.#following.has(name)) {
      const path = [...this.#following];
      const cycle = path.slice(path.indexOf(name));
      // Whichever member of the cycle it is met at, it is said once.
      const [first = name] = [...this.#ties.keys()].filter((one) => cycle.includes(one));
      const span = this.#ties.get(first)?.span ?? tie.span;
      const text = [
        ...cycle.slice(cycle.indexOf(first)),
        ...cycle.slice(0, cycle.indexOf(first)),
        first,
      ].join(" -> ");
      this.#library.context.report(diagnostic("SV1107", span, { name: first, cycle: text }));
      return own;
    }
    this.#following.add(name);
    const tied = formula(tie, name, dimension, this.#site);
    this.#following.delete(name);
    return tied === undefined ? own : quantity(tied.node, dimension);
  };

  /** Names and units of the ties and constraints, and the confidence levels: reports what is wrong with them. */
  checkStatements(): void {
    const { declaration } = this.#request;
    for (const name of this.#ties.keys()) {
      const parameter = this.#parameters.get(name);
      if (parameter !== undefined) this.value(parameter);
    }
    if (declaration === undefined) return;
    constraintsOf(declaration, this.#site);
    intervalsOf(declaration, this.#site);
  }

  /** What the formulas of the analysis see. */
  get site(): Site {
    return this.#site;
  }

  #readStatements(): void {
    const { declaration, set } = this.#request;
    for (const { name, expr } of set ?? []) {
      const parameter = this.#find(name, expr.span);
      if (parameter === undefined) continue;
      this.#setValue(parameter, expr, name);
      reportOutside(parameter, this.#use(parameter.name).value, expr, this.#site);
    }
    if (declaration === undefined) return;
    for (const statement of fieldsOf(declaration, "tie")) {
      const parameter = this.target(statement);
      if (parameter !== undefined) this.#ties.set(parameter.name, statement);
    }
    for (const statement of fieldsOf(declaration, "free")) this.#free(statement);
    for (const statement of fieldsOf(declaration, "profile")) this.#profile(statement);
    for (const statement of fieldsOf(declaration, "fix")) {
      const parameter = this.target(statement);
      const expr = statement.assign?.value;
      if (parameter === undefined || expr === undefined) continue;
      const given = (this.#request.set ?? []).some(({ name }) => this.#matches(parameter, name));
      if (!given) this.#setValue(parameter, expr, labelOf(statement));
      this.#use(parameter.name).role = "fixed";
    }
  }

  #free(statement: Statement): void {
    const parameter = this.target(statement);
    if (parameter === undefined) return;
    const use = this.#use(parameter.name);
    use.name = textOf(statement);
    use.role = "free";
    for (const clause of statement.clauses) {
      if (clause.kind === "log") use.log = true;
      if (clause.kind !== "in") continue;
      const ends = [clause.range.low, clause.range.high].map((end) =>
        this.#number(end, parameter, textOf(statement)),
      );
      if (ends[0] !== undefined && ends[1] !== undefined) use.range = [ends[0], ends[1]];
    }
  }

  #profile(statement: Statement): void {
    const parameter = this.target(statement);
    if (parameter === undefined) return;
    if (parameter.sigma === undefined) {
      this.#library.context.report(unconstrained(statement, parameter));
      return;
    }
    this.#use(parameter.name).role = "nuisance";
  }

  #setValue(parameter: Parameter, expr: Expr, name: string): void {
    const value = this.#number(expr, parameter, name);
    if (value !== undefined) this.#use(parameter.name).value = value;
  }

  #number(expr: Expr, parameter: Parameter, name: string): number | undefined {
    const value = elaborateQuantity(expr, this.#site);
    const checked =
      value === undefined
        ? undefined
        : checkDimension(value, expr, name, parameter.dimension, { ...this.#site, rule: "strict" });
    return checked === undefined ? undefined : numberOf(checked, expr, this.#site);
  }

  /** The parameter that a statement names; undefined after a report. */
  target(statement: Statement): Parameter | undefined {
    return this.#find(textOf(statement), statement.label?.span ?? statement.span);
  }

  #matches(parameter: Parameter, name: string): boolean {
    return parameter.name === name || shortName(parameter) === name;
  }

  /** A parameter by its full name, or by its short one when only one has it. */
  #find(name: string, span: Span): Parameter | undefined {
    const exact = this.#parameters.get(name);
    if (exact !== undefined) return exact;
    const own = this.#parameters.get(`${this.#request.name}.${name}`);
    if (own !== undefined) return own;
    const found = this.#shortNames().get(name) ?? [];
    if (found.length === 1) return found[0];
    if (found.length > 1) {
      this.#library.context.report(ambiguous(span, name, found));
    } else {
      const shorts = [...this.#parameters.values()].map(shortName);
      const extra = didYouMean(span, name, [...this.#parameters.keys(), ...shorts]);
      this.#library.context.report(diagnostic("SV1101", span, { name }, extra));
    }
    return undefined;
  }

  /** The default that counts are computed at, internal units. */
  readonly default = (name: string): number =>
    this.#uses.get(name)?.value ?? this.#parameters.get(name)?.value ?? 0;

  /** Where a parameter is searched, internal units. */
  rangeOf(name: string): readonly [number, number] {
    const unbounded = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
    return this.#uses.get(name)?.range ?? this.#parameters.get(name)?.range ?? unbounded;
  }

  get kinematics(): Kinematics {
    return kinematicsOf(this.#request.declaration);
  }

  /** The form factor that replaces that of every nucleus. */
  get formfactor(): Declaration | undefined {
    const { declaration } = this.#request;
    const replacement = declaration === undefined ? undefined : wordOf(declaration, "formfactor");
    return replacement === undefined ? undefined : this.#library.declaration(replacement);
  }

  lower(): AnalysisForm {
    const { declaration, interactions, experiments, observables, places } = this.#request;
    const { kinematics, formfactor, value } = this;
    const crossSection = { interactions, kinematics, value, recoils: recoilsOf(declaration) };
    const likelihood = declaration === undefined ? undefined : wordOf(declaration, "likelihood");
    const ties = [...this.#ties.keys()].flatMap((name) => this.#parameters.get(name) ?? []);
    const key = experimentKey(
      { interactions, kinematics, formfactor, observables, likelihood, recoils: crossSection.recoils },
      ties.map((parameter) => `${parameter.name}=${value(parameter).node.id}`),
    );
    const forms = experiments.map((experiment) =>
      this.#lowered.of(`${experiment.name}|${key}`, this.default, () =>
        lowerExperiment(this.#library, experiment, {
          value,
          crossSection,
          nucleus: { value, ...(formfactor === undefined ? {} : { formfactor }) },
          defaults: this.default,
          ...(observables === undefined ? {} : { observables }),
          ...(likelihood === undefined ? {} : { likelihood }),
          ...(places?.[experiment.name] === undefined ? {} : { places: places[experiment.name] }),
        }),
      ),
    );
    return {
      name: this.#request.name,
      experiments: forms,
      parameters: this.#analysisParameters(),
      constraints: declaration === undefined ? [] : constraintsOf(declaration, this.#site),
      intervals: declaration === undefined ? [] : intervalsOf(declaration, this.#site),
      asimov: declaration !== undefined && wordOf(declaration, "data") === "asimov",
    };
  }

  #analysisParameters(): readonly AnalysisParameter[] {
    return [...this.#parameters.values()].map((parameter) => {
      const use = this.#uses.get(parameter.name) ?? {};
      return {
        parameter,
        name: use.name ?? parameter.name,
        role: use.role ?? "fixed",
        value: use.value ?? parameter.value,
        range: use.range ?? parameter.range,
        log: use.log ?? parameter.log,
      };
    });
  }
}
