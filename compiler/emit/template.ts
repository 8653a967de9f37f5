/**
 * The outer shape of a generated module. Everything that goes into it is an identifier, a number or a JSON string
 * that passed a printer; `{{#if typescript}}` marks the only differences between TypeScript and JavaScript.
 */
export const moduleTemplate = `{{#each header}}// {{this}}
{{/each}}
{{#if inMemory}}
"use strict";
const { {{imports}} } = runtime;
{{else}}
{{#if typescript}}
{{types}}
{{else}}
import { {{imports}} } from "sevens/runtime";

{{/if}}
{{/if}}
{{#each analyses}}
/**
{{#each doc}}
 * {{this}}
{{/each}}
 */
{{#unless ../inMemory}}export {{/unless}}function create{{name}}(){{#if ../typescript}}: {{name}}Analysis{{/if}} {
{{#if wasm}}
  // The memory that stages in WebAssembly share with those in JavaScript.
  const memory = new WebAssembly.Memory({ initial: {{wasm.pages}} });
  const numbers = new Float64Array(memory.buffer);
  const view = (start, size) => new Float64Array(memory.buffer, 8 * start, size);

{{/if}}
  // Parameters, in internal units (powers of MeV, hbar = c = 1).
{{#each parameters}}
  {{declare}}{{variable}} = {{value}}; // {{comment}}
{{/each}}

{{#if tables}}
  // Tables, in internal units.
{{#each tables}}
  const {{variable}} = interpolant({ kind: "{{kind}}", outside: "{{outside}}", x: {{x}}, y: {{y}} });
{{/each}}

{{/if}}
  // Quadrature nodes, weights and bin edges.
{{#each rules}}
  const {{variable}} = {{call}};
{{/each}}
{{#each data}}
  const {{variable}} = {{value}};
{{#if fill}}
  {{fill}}
{{/if}}
{{/each}}
{{#each places}}
  const {{variable}} = {{value}};
{{/each}}

  // What the stages fill.
{{#each arrays}}
  const {{name}} = {{value}}; // {{doc}}
{{/each}}
{{#each scalars}}
  let {{this}} = 0;
{{/each}}
{{#each stages}}

  // {{doc}}
  function {{name}}() {
{{body}}  }
{{/each}}
{{#if wasm}}

  // The stages that most evaluations run, in WebAssembly:
{{#each wasm.stages}}
  // {{name}} {{doc}}
{{/each}}
  const code = Uint8Array.from(atob("{{wasm.code}}"), (byte) => byte.charCodeAt(0));
  const host = { memory, {{wasm.host}} };
  const { {{wasm.runs}} } = new WebAssembly.Instance(new WebAssembly.Module(code), { host }).exports;
{{/if}}

  // A bit for each parameter that moved since a group of stages ran; the highest one when it never ran.
  const dirty = new Int32Array({{#if wasm}}memory.buffer, {{wasm.dirty}}, {{/if}}{{dirtySize}}).fill(-1);
  const last = new Float64Array({{parameterCount}}).fill(Number.NaN);
{{#if couplings}}
  // How many evaluations in a row moved couplings and nothing that templates read.
  let steady = 0;
  let fresh = true;
{{/if}}

  // Takes over the parameters and notes which of them moved.
  function mark(x{{#if ../typescript}}: Float64Array{{/if}}) {
    let any = false;
{{#each words}}
    let {{moved}} = 0;
    for (let i = {{from}}; i < {{to}}; i++) {
      if (x[i] === last[i]) continue;
      last[i] = x[i]{{#if ../../typescript}}!{{/if}};
      {{moved}} |= 1 << (i - {{from}});
    }
    any = any || {{moved}} !== 0;
    for (let i = {{word}}; i < {{../dirtySize}}; i += {{../wordCount}}) dirty[i]{{#if ../../typescript}}!{{/if}} |= {{moved}};
{{/each}}
    if (!any) return;
{{#each parameters}}
    {{variable}} = x[{{index}}]{{#if ../../typescript}}!{{/if}}{{scale}};
{{/each}}
{{#if couplings}}
    if (fresh || {{couplings.frozenMoved}}) steady = 0;
    else if ({{couplings.couplingsMoved}}) steady += 1;
    fresh = false;
{{/if}}
  }
{{#each groups}}

  // {{doc}}
  function {{name}}() {
{{#each steps}}
    {{this}}
{{/each}}
    {{clear}}
  }
{{/each}}
{{#if couplings}}

  // Sums over nodes, or polynomials when couplings alone have moved for a while.
  function runSums() {
    if (({{couplings.directClean}}) || ({{couplings.polynomialsClean}})) return;
    if (steady > 1 || (steady > 0 && {{couplings.templatesFresh}})) {
      runTemplates();
      runPolynomials();
    } else {
      runDirect();
    }
  }
{{/if}}

  // Totals and constraints.
  function update(x{{#if ../typescript}}: Float64Array{{/if}}) {
    mark(x);
{{#each updates}}
    {{this}}();
{{/each}}
  }
{{#if gradient}}

  const constraintSlopes{{#if ../typescript}}: Float64Array[]{{/if}} = [{{constraintRows}}];
  const slopes = {
    parameters: [{{gradientIndices}}],
    experiments: {
{{#each slopes}}
      {{name}}: [{{arrays}}],
{{/each}}
    },
    constraints: constraintSlopes,
  };
{{/if}}
{{#if chiSquare}}

  let seen{{#if ../typescript}}: readonly Observation[] | undefined{{/if}};

  // Takes over the data.
  function observe(data{{#if ../typescript}}: readonly Observation[]{{/if}}) {
    if (data === seen) return;
    seen = data;
{{#if places}}
    // Other events: everything anew, as the first time.
    if ([{{#each places}}{{put}}, {{/each}}].includes(true)) {
      dirty.fill(-1);
      last.fill(Number.NaN);
{{#if couplings}}
      fresh = true;
{{/if}}
    }
{{/if}}
{{#each chiSquare.data}}
    {{this}}
{{/each}}
    {{chiSquare.forget}}
  }
{{/if}}

  const totals = {
{{#each counts}}
    {{name}}: {{total}},
{{/each}}
  };
{{#if inputs}}
  const inputs = {
{{#each inputs}}
    {{name}}: { {{arrays}} },
{{/each}}
  };
{{/if}}
  const counts = {
{{#each counts}}
    {{name}}: {
      total: {{total}},
      components: { {{components}} },
      channels: { {{channels}} },
    },
{{/each}}
  };

  return {
    name: {{quoted}},
    parameters: [
{{#each parameters}}
      {{info}},
{{/each}}
    ],
    experiments: [
{{#each experiments}}
      {
        name: {{name}},
        axes: {{axes}},
        components: {{components}},
        bins: {{bins}},
        data: {{data}},
        likelihood: "{{likelihood}}",
        errors: {{errors}},
{{#if events}}
        events: {{events.list}},
        places: {{events.places}},
{{/if}}
      },
{{/each}}
    ],
    constraints: {{constraints}},
    intervals: {{intervals}},
    precision: {{precision}},
    counts(x{{#if ../typescript}}: Float64Array{{/if}}) {
      update(x);
{{#each detailUpdates}}
      {{this}}();
{{/each}}
      return counts;
    },
    totals(x{{#if ../typescript}}: Float64Array{{/if}}) {
      update(x);
      return totals;
    },
{{#if inputs}}
    likelihoodInputs(x{{#if ../typescript}}: Float64Array{{/if}}{{#if places}}, data{{#if ../typescript}}?: readonly Observation[]{{/if}}{{/if}}) {
{{#if places}}
      if (data !== undefined) observe(data);
{{/if}}
      update(x);
      return inputs;
    },
{{/if}}
    constrained(x{{#if ../typescript}}: Float64Array{{/if}}) {
      update(x);
      return Float64Array.of({{constrainedValues}});
    },
    forget() {
      for (const i of [{{moving}}]) last[i] = Number.NaN;
{{#if couplings}}
      fresh = true;
      {{couplings.forgetTemplates}}
{{/if}}
    },
{{#if chiSquare}}
    likelihood: {
      value(x{{#if ../typescript}}: Float64Array{{/if}}, data{{#if ../typescript}}: readonly Observation[]{{/if}}) {
        observe(data);
        update(x);
        runLikelihood();
        return {{chiSquare.value}};
      },
{{#if chiSquare.slopes}}
      parameters: [{{gradientIndices}}],
      gradient(x{{#if ../typescript}}: Float64Array{{/if}}, data{{#if ../typescript}}: readonly Observation[]{{/if}}, out{{#if ../typescript}}: Float64Array{{/if}}) {
        observe(data);
        update(x);
{{#each chiSquare.updates}}
        {{this}}();
{{/each}}
{{#each chiSquare.slopes}}
        out[{{index}}] = {{value}};
{{/each}}
      },
{{/if}}
    },
{{/if}}
{{#if gradient}}
    jacobian(x{{#if ../typescript}}: Float64Array{{/if}}) {
      update(x);
{{#each jacobianUpdates}}
      {{this}}();
{{/each}}
{{#each assigns}}
      {{this}}
{{/each}}
      return slopes;
    },
{{/if}}
  };
}

{{/each}}
{{#if inMemory}}
return { {{creators}} };
{{else}}
/** Every analysis of the spec, by name. */
export const analyses = { {{creators}} };
{{/if}}
`;
